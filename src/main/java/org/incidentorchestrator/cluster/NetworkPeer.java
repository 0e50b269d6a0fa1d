package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One side of a connection, as network policies see it.
 *
 * @param namespace the pod's namespace as an object; empty when it could not be read: then all that is known of its
 *     labels is the one that the API server sets
 */
public record NetworkPeer(KubernetesObject pod, Optional<KubernetesObject> namespace) {
    private static final String NAME = "kubernetes.io/metadata.name";

    /** Whether a selector of namespaces selects this one's. */
    Match isIn(LabelSelector namespaces) {
        Map<String, String> labels =
                new HashMap<>(namespace.map(KubernetesObject::labels).orElse(Map.of()));
        labels.put(NAME, pod.namespace());
        if (outside()) {
            return Match.NO;
        }
        boolean known = namespace.isPresent()
                || namespaces.requirements().stream()
                        .allMatch(requirement -> requirement.key().equals(NAME));
        return known ? Match.of(namespaces.matches(labels)) : Match.MAYBE;
    }

    /** Somebody who is no pod: a node, the API server, the rest of the world. */
    public static NetworkPeer outside(String ip) {
        ObjectNode nobody = JsonNodeFactory.instance.objectNode();
        nobody.putObject("status").put("podIP", ip);
        return new NetworkPeer(KubernetesObject.of(nobody), Optional.empty());
    }

    boolean outside() {
        return pod.namespace().isEmpty();
    }

    /** Whether it is the other one too: nothing forbids a pod to reach itself. */
    boolean is(NetworkPeer other) {
        return !pod.uid().isEmpty() && pod.uid().equals(other.pod.uid());
    }

    /** It has its node's address; whether policies apply to it is left to the network plugin. */
    boolean onHostNetwork() {
        return pod.flag("/spec/hostNetwork");
    }

    List<String> addresses() {
        List<String> all = pod.items("/status/podIPs").stream()
                .map(each -> each.text("/ip", ""))
                .toList();
        return all.isEmpty() ? pod.text("/status/podIP").stream().toList() : all;
    }

    /** Three answers, because a policy may speak of what is not known here. */
    enum Match {
        YES,
        NO,
        MAYBE;

        static Match of(boolean matches) {
            return matches ? YES : NO;
        }

        Match and(Match other) {
            return this == NO || other == NO ? NO : this == YES && other == YES ? YES : MAYBE;
        }

        Match or(Match other) {
            return this == YES || other == YES ? YES : this == NO && other == NO ? NO : MAYBE;
        }
    }
}
