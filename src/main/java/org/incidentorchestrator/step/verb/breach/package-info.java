/** What is asked of a workload that somebody may have broken into: what it is, what it may do, and what is new on it. */
package org.incidentorchestrator.step.verb.breach;
