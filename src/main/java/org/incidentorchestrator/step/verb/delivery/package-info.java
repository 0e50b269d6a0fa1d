/** What Argo CD delivers from git, and the one manifest that it begins with. */
package org.incidentorchestrator.step.verb.delivery;
