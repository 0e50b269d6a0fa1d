package org.incidentorchestrator.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;

/**
 * The network of a test: {@code WORKLOAD.NAMESPACE.svc} serves what the pods of a workload have read when they began. Once
 * none of them is older than what lies in {@code WORKLOAD-tls}, that is it; till then it is what lay there before.
 */
final class ServedByPods implements UnaryOperator<String> {
    private final Supplier<ClusterReader> cluster;
    private volatile String before = "";

    ServedByPods(Supplier<ClusterReader> cluster) {
        this.cluster = cluster;
    }

    /** What the pods have read by now. */
    void haveRead(String namespace, String workload) {
        before = certificate(secret(namespace, workload));
    }

    void haveReadNothing() {
        before = "";
    }

    @Override
    public String apply(String server) {
        String[] names = server.split("\\.");
        KubernetesObject secret = secret(names[1], names[0]);
        Instant written = StreamSupport.stream(
                        secret.toJson().at("/metadata/managedFields").spliterator(), false)
                .map(entry -> Instant.parse(entry.path("time").asText()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        boolean younger = cluster.get().list(ResourceType.PODS, Query.in(names[1])).stream()
                .filter(pod -> pod.name().startsWith(names[0] + "-"))
                .allMatch(pod -> pod.time("/metadata/creationTimestamp")
                        .filter(born -> !born.isBefore(written))
                        .isPresent());
        return younger ? certificate(secret) : before;
    }

    private KubernetesObject secret(String namespace, String workload) {
        return cluster.get()
                .as(Identity.SECRETS)
                .get(ResourceType.SECRETS, namespace, workload + "-tls")
                .orElseThrow();
    }

    private static String certificate(KubernetesObject secret) {
        JsonNode text = secret.toJson().at("/data").path("tls.crt");
        return new String(Base64.getDecoder().decode(text.asText()), StandardCharsets.US_ASCII);
    }
}
