package org.incidentorchestrator.cluster;

/**
 * Which cluster this is.
 *
 * @param context the kubeconfig's context, as {@code kubectl --context} takes it; {@code sandbox} for the sandbox
 * @param uid the uid of namespace kube-system: part of each proposal's hash, so that no approval crosses clusters
 * @param version the API server's version, {@code v1.34.1}
 */
public record ClusterIdentity(String context, String uid, String version) {}
