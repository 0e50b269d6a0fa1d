package org.incidentorchestrator.step.verb.certificate;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Permission;

/**
 * Reads TLS secrets, with the rights of an identity of its own, and asks for no others: whoever may list secrets may
 * read all their values, and what does not arrive cannot leak.
 */
final class TlsSecrets {
    static final Permission GET = Permission.secrets("get");
    static final Permission LIST = Permission.secrets("list");

    private final ClusterReader cluster;

    TlsSecrets(ClusterReader cluster) {
        this.cluster = cluster.as(Identity.SECRETS);
    }

    static Query query(String namespace) {
        return Query.in(namespace).where("type", TlsSecret.TYPE);
    }

    List<TlsSecret> list(String namespace) {
        return cluster.list(ResourceType.SECRETS, query(namespace)).stream()
                .map(TlsSecret::of)
                .toList();
    }

    /** Empty when there is none of this name, and when it is of another type. */
    Optional<TlsSecret> find(String namespace, String name) {
        Optional<KubernetesObject> secret = cluster.get(ResourceType.SECRETS, namespace, name);
        return secret.filter(it -> it.text("/type", "").equals(TlsSecret.TYPE)).map(TlsSecret::of);
    }
}
