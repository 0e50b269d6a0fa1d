package org.incidentorchestrator.sandbox;

import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ResourceType;

/** The kinds that the sandbox's API server serves: those of Kubernetes itself and of metrics-server. */
final class Served {
    private static final Set<ResourceType> TYPES = ResourceType.known().stream()
            .filter(type -> !type.equals(ResourceType.ARGO_APPLICATIONS))
            .collect(Collectors.toUnmodifiableSet());

    private Served() {}

    static boolean has(ResourceType type) {
        return TYPES.contains(type);
    }

    /** @throws ClusterFailure NOT_INSTALLED */
    static void require(ResourceType type) {
        if (!has(type)) {
            throw missing(type.kind() + " (" + type.apiVersion() + ")");
        }
    }

    /** @throws ClusterFailure NOT_INSTALLED */
    static void require(String kind) {
        if (TYPES.stream().noneMatch(type -> type.kind().equals(kind))) {
            throw missing(kind);
        }
    }

    private static ClusterFailure missing(String what) {
        return new ClusterFailure(
                ClusterFailure.Kind.NOT_INSTALLED,
                "The API server of the sandbox does not serve " + what
                        + ". Do without it, or name a real cluster that has it installed.");
    }
}
