/** The rules about the pictures of the models: what is in the file is seen, and can be told apart. */
package org.incidentorchestrator.runbook.rules.picture;
