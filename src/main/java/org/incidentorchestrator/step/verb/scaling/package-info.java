/** How many pods a workload has: who decides it, and how to have more so that it lasts. */
package org.incidentorchestrator.step.verb.scaling;
