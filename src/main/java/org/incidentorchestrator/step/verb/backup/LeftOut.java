package org.incidentorchestrator.step.verb.backup;

import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.KubernetesObject;

/** Why an object is not kept: applied again it would be in the way of what makes it, or nobody would want it. */
enum LeftOut {
    /** Pods of a replica set, secrets of an ExternalSecret: what controls them makes them again. */
    OWNED("controlled by another object"),
    MADE_BY_KUBERNETES("made by Kubernetes itself"),
    BEING_DELETED("being deleted");

    final String words;

    LeftOut(String words) {
        this.words = words;
    }

    /** @param selecting names of the services that have a selector: their endpoints are made for them */
    static Optional<LeftOut> of(KubernetesObject object, Set<String> selecting) {
        if (object.text("/metadata/deletionTimestamp").isPresent()) {
            return Optional.of(BEING_DELETED);
        }
        if (object.controller().isPresent()) {
            return Optional.of(OWNED);
        }
        return byKubernetes(object, selecting) ? Optional.of(MADE_BY_KUBERNETES) : Optional.empty();
    }

    private static boolean byKubernetes(KubernetesObject object, Set<String> selecting) {
        return switch (object.kind()) {
            case "ConfigMap" -> object.name().equals("kube-root-ca.crt");
            case "Secret" -> object.text("/type", "").equals("kubernetes.io/service-account-token");
            case "Endpoints" -> selecting.contains(object.name());
            default -> object.annotation("kubernetes.io/config.mirror").isPresent();
        };
    }
}
