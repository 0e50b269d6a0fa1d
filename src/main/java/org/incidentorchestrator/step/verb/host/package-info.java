/** What the runbook has done by a script or with a file of the machine: smoke tests, installation, the audit log. */
package org.incidentorchestrator.step.verb.host;
