package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.incident.Target;

/**
 * Who scales a workload by itself, found by what it scales: the name of an autoscaler says nothing, KEDA calls its own
 * {@code keda-hpa-…}.
 */
public record Scaling(Optional<AutoscalerView> autoscaler, Optional<ScaledObjectView> scaledObject) {

    /** @throws ClusterFailure FORBIDDEN when KEDA is there and may not be read: what nobody may see is not absent */
    public static Scaling of(Target workload, ClusterReader cluster) {
        return new Scaling(
                autoscalers(workload.namespace(), cluster).stream()
                        .filter(autoscaler -> autoscaler.scales(workload))
                        .findFirst(),
                scaledObjects(workload.namespace(), cluster).stream()
                        .filter(scaled -> scaled.scales(workload))
                        .findFirst());
    }

    /** Those of a namespace; none where the kind is not served. */
    public static List<AutoscalerView> autoscalers(String namespace, ClusterReader cluster) {
        return list(ResourceType.AUTOSCALERS, namespace, cluster).stream()
                .map(AutoscalerView::new)
                .toList();
    }

    /** Those of a namespace; none where KEDA is not installed. */
    public static List<ScaledObjectView> scaledObjects(String namespace, ClusterReader cluster) {
        return list(ResourceType.SCALED_OBJECTS, namespace, cluster).stream()
                .map(ScaledObjectView::new)
                .toList();
    }

    /** An API server says "forbidden" of kinds that it does not serve, too. */
    private static List<KubernetesObject> list(ResourceType type, String namespace, ClusterReader cluster) {
        try {
            return cluster.list(type, Query.in(namespace));
        } catch (ClusterFailure failure) {
            boolean absent =
                    failure.kind() == Kind.NOT_INSTALLED || failure.kind() == Kind.FORBIDDEN && !cluster.discover(type);
            if (absent) {
                return List.of();
            }
            throw failure;
        }
    }
}
