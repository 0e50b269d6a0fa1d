/** What makes a workload well again, and whether it is: restart, scale, replace, roll out, recover. */
package org.incidentorchestrator.step.verb.workload;
