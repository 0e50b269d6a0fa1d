/** Nodes as an operator looks at them: whether they are well, what is spoken for, what is used, what still fits. */
package org.incidentorchestrator.step.verb.node;
