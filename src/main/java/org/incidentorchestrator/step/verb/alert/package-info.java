/** What is asked of an alert before anything else: what it is about, and whether it still holds. */
package org.incidentorchestrator.step.verb.alert;
