package org.incidentorchestrator.step.verb.certificate;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.StepFailure;

/** The ExternalSecrets of a cluster, in the version that it serves: v1, or v1beta1 before External Secrets 0.16. */
final class ExternalSecrets {
    static final Permission GET = Permission.look("external-secrets.io", "externalsecrets", "get");
    static final Permission LIST = Permission.look("external-secrets.io", "externalsecrets", "list");
    static final Permission REFRESH = Permission.change("external-secrets.io", "externalsecrets", "patch")
            .only("/metadata/annotations/" + WorkloadSecrets.FORCE);

    private static final ResourceType NEWEST = ResourceType.EXTERNAL_SECRETS;

    private final ClusterReader cluster;
    private final ServedKinds kinds;

    ExternalSecrets(ClusterReader cluster) {
        this.cluster = cluster;
        this.kinds = cluster.kinds();
    }

    /** Empty when External Secrets is not installed, and when nothing is known of its group: see {@link #silence}. */
    Optional<ResourceType> served() {
        return kinds.find(NEWEST.group(), NEWEST.kind());
    }

    /** Why it is not known whether it is installed. */
    Optional<String> silence() {
        return kinds.silence(NEWEST.group()).map(ServedKinds.Silent::why);
    }

    List<ExternalSecret> list(String namespace) {
        return cluster.list(served().orElseThrow(), Query.in(namespace)).stream()
                .map(ExternalSecret::of)
                .toList();
    }

    /** @throws StepFailure notInstalled, targetNotFound */
    ExternalSecret get(String namespace, String name) {
        ResourceType type = served().orElseThrow(this::missing);
        return cluster.get(type, namespace, name)
                .map(ExternalSecret::of)
                .orElseThrow(() -> StepFailure.notFound(
                        "ExternalSecret %s/%s is not there.".formatted(namespace, name),
                        "List the ExternalSecrets: the one that writes a secret may have another name than the"
                                + " secret."));
    }

    private StepFailure missing() {
        return silence()
                .map(why -> StepFailure.refused(
                        "notKnown",
                        "Whether External Secrets is installed is not known: " + why,
                        "Ask again once its API answers."))
                .orElseGet(() -> StepFailure.refused(
                        "notInstalled",
                        "External Secrets is not installed: the cluster serves no ExternalSecret.",
                        "Bring the new certificate in the way this cluster does it."));
    }
}
