package org.incidentorchestrator.step;

import org.incidentorchestrator.cluster.ResourceType;

/** Where a right holds. Each is a namespace, or several that the settings name, but for the last. */
public enum Place {
    /** Each of {@code cluster.namespaces}. */
    OURS,
    /** Each of {@code look.namespaces}. */
    LOOKED_AT,
    /** {@code argocd.namespace}. */
    ARGO_CD,
    /** Namespace default: there the events of nodes lie. */
    OF_NODES,
    /** Namespace kube-system, whose uid is how a cluster is told from others. */
    KUBE_SYSTEM,
    /** All namespaces, and what lies in none. */
    CLUSTER;

    /** Where objects of a kind lie, unless a verb says otherwise. A namespace itself is read by a right inside of it. */
    public static Place of(String group, String resource) {
        if (group.equals(ResourceType.ARGO_APPLICATIONS.group())) {
            return ARGO_CD;
        }
        boolean whole = ResourceType.known().stream()
                .filter(type -> !type.namespaced() && !type.equals(ResourceType.NAMESPACES))
                .anyMatch(type -> type.group().equals(group) && type.plural().equals(resource));
        return whole ? CLUSTER : OURS;
    }
}
