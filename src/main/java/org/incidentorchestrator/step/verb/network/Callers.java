package org.incidentorchestrator.step.verb.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NetworkPeer;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;

/**
 * Who takes part in the traffic of a namespace: one pod for all that are alike to a policy.
 *
 * @param namespace theirs; empty where it may not be read, as is {@code dnsNamespace}, the one of the cluster's DNS
 */
record Callers(List<PodView> pods, Optional<KubernetesObject> namespace, Optional<KubernetesObject> dnsNamespace) {
    /** Labels that tell pods of one workload apart, and that no policy goes by. */
    private static final Set<String> OF_ONE_POD = Set.of(
            "pod-template-hash",
            "controller-revision-hash",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index");

    static Callers of(Scope scope, List<KubernetesObject> pods) {
        Map<String, PodView> unlike = new LinkedHashMap<>();
        pods.stream()
                .map(PodView::of)
                .filter(pod -> !pod.ended())
                .forEach(pod -> unlike.putIfAbsent(pod.owner() + labels(pod), pod));
        return new Callers(
                List.copyOf(unlike.values()),
                namespace(scope.cluster(), scope.namespace()),
                namespace(scope.cluster(), "kube-system"));
    }

    private static Map<String, String> labels(PodView pod) {
        Map<String, String> labels = new TreeMap<>(pod.pod().labels());
        labels.keySet().removeAll(OF_ONE_POD);
        return labels;
    }

    /** Empty where it may not be read: a namespace is not part of what is in it. */
    private static Optional<KubernetesObject> namespace(ClusterReader cluster, String name) {
        try {
            return cluster.get(ResourceType.NAMESPACES, "", name);
        } catch (ClusterFailure failure) {
            if (failure.kind() == Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    NetworkPeer peer(PodView pod) {
        return new NetworkPeer(pod.pod(), namespace);
    }
}
