/** Pods as an operator looks at them: listed, described, their logs, events and usage. */
package org.incidentorchestrator.step.verb.pod;
