/** Policies: what Gatekeeper has found that breaks them, and how old that finding is. */
package org.incidentorchestrator.step.verb.policy;
