package org.incidentorchestrator.step.verb;

import java.util.List;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;

/**
 * What the metrics API has, or why it has nothing. It is served by a program of its own, which may be absent or ill while
 * all else is read over the same connection: that is an answer, and never "uses nothing".
 *
 * @param missing empty when it answered
 */
public record UsageSamples(List<KubernetesObject> samples, String missing) {
    public UsageSamples {
        samples = List.copyOf(samples);
    }

    /** @param type pods or nodes of metrics.k8s.io @throws ClusterFailure when it is we who may not ask */
    public static UsageSamples read(ClusterReader cluster, ResourceType type, Query query) {
        try {
            return new UsageSamples(cluster.list(type, query), "");
        } catch (ClusterFailure failure) {
            return new UsageSamples(
                    List.of(),
                    switch (failure.kind()) {
                        case NOT_INSTALLED, NOT_FOUND -> "the cluster has no metrics API";
                        case UNREACHABLE, THROTTLED -> "the metrics API does not answer";
                        default -> throw failure;
                    });
        }
    }

    /** The nodes, to put usage in proportion; none where they may not be listed: then that proportion is unknown. */
    public static List<KubernetesObject> nodes(ClusterReader cluster) {
        try {
            return cluster.list(ResourceType.NODES, Query.in(""));
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.FORBIDDEN) {
                return List.of();
            }
            throw failure;
        }
    }

    public boolean answered() {
        return missing.isEmpty();
    }
}
