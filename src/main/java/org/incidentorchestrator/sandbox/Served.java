package org.incidentorchestrator.sandbox;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;

/** The kinds that the sandbox's API server serves: those of Kubernetes itself and of metrics-server. */
final class Served {
    private static final Set<ResourceType> TYPES = ResourceType.known().stream()
            .filter(type -> !type.equals(ResourceType.ARGO_APPLICATIONS))
            .collect(Collectors.toUnmodifiableSet());

    private static final SortedSet<String> VERBS = new TreeSet<>(Set.of("get", "list", "patch"));
    private static final SortedSet<String> METRICS = new TreeSet<>(Set.of("get", "list"));

    private Served() {}

    static ServedKinds kinds() {
        return new ServedKinds(
                TYPES.stream()
                        .map(type -> new ServedKinds.Served(type, Metrics.serves(type) ? METRICS : VERBS))
                        .toList(),
                List.of());
    }

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
