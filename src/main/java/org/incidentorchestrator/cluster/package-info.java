/**
 * Kubernetes and nothing else: a reader over objects, a writer with few operations, views as pure functions of objects,
 * and the kubectl text. The only package that knows fabric8. The sandbox is the other implementation of reader and
 * writer, held to the same contract.
 */
package org.incidentorchestrator.cluster;
