package org.incidentorchestrator.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;

/**
 * The kinds that the sandbox's API server serves: those of Kubernetes itself, of metrics-server, and the custom kinds of
 * Argo CD, External Secrets, KEDA and Gatekeeper, whose constraints are kinds that each cluster has its own of.
 */
final class Served {
    static final ResourceType SECURITY_CONTEXT = constraint("K8sRequiredSecurityContext");
    static final ResourceType ALLOWED_REPOS = constraint("K8sAllowedRepos");

    /** By kind, which in the store is all that tells objects apart; a usage sample is named like its pod and no object. */
    private static final Set<ResourceType> TYPES = Stream.concat(
                    ResourceType.known().stream(), Stream.of(SECURITY_CONTEXT, ALLOWED_REPOS))
            .collect(Collectors.toUnmodifiableSet());

    private static final SortedSet<String> VERBS = new TreeSet<>(Set.of("get", "list", "patch", "create"));
    private static final SortedSet<String> METRICS = new TreeSet<>(Set.of("get", "list"));

    private Served() {}

    private static ResourceType constraint(String kind) {
        return new ResourceType("constraints.gatekeeper.sh", "v1beta1", kind, kind.toLowerCase(Locale.ROOT), false);
    }

    /** Whether the kind is defined by a CustomResourceDefinition. */
    static boolean custom(String kind) {
        return TYPES.stream().anyMatch(type -> type.kind().equals(kind) && type.custom());
    }

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
