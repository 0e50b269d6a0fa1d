package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.AuditLog;
import org.incidentorchestrator.cluster.AuditLog.Write;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * A suspected breach on a real API server, each change is made once, and by
 * the account that isolates. Kwok plays the pods: what is read inside of them is of this machine or refused, their images have no
 * digests, and no health is asked for over HTTP; the capture and the monitoring go on without.
 */
@TestPropertySource(
        properties = {
            "step.mode=EXECUTE",
            "accounts.create=responder,approver",
            "isolation.hold=2s",
            "wait.isolation-poll=1s",
            "wait.capture-poll=1s",
            "wait.monitoring-poll=1s",
            "monitoring.duration=4s",
        })
class SuspectedBreachApiServerIT extends ApiServerScenario {
    private static final String ISOLATOR = "incident-orchestrator-isolate";

    @Test
    void it_is_contained_renewed_and_restored_each_change_once_and_by_the_isolating_identity() {
        cluster.isWell("breached");
        cluster.has(ResourceType.SECRETS, token("breached-token", "default"));
        String token = tokenOf("breached-token");
        fires("breached", "SuspectedBreach");

        approves();
        awaitTold("STEP_LOOKED", "is isolated:");
        assertThat(cluster.deployment("breached").number("/spec/replicas", -1)).isZero();
        KubernetesObject kept = quarantined().get(0);
        assertThat(kept.controller()).isEmpty();
        assertThat(kept.labels()).containsOnlyKeys("incident-orchestrator/quarantine");
        assertThat(policy(kept)).isTrue();
        assertThat(cluster.pods("breached")).isEmpty();

        answers(
                "responder",
                "Rotate at the source",
                Map.of("remediation", "rotated", "settledNote", "there was nothing but the token"));
        approves();
        awaitTold("STEP_APPLIED", "rotateServiceAccountToken");
        assertThat(cluster.object(new Target("Secret", cluster.name(), "breached-token")))
                .isEmpty();

        approves();
        awaitTold("STEP_APPLIED", "restoreWorkload");
        answers("responder", "Sign off", Map.of("signOff", "done", "settledNote", "nothing was found"));
        approves();
        assertThat(closed().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(cluster.deployment("breached").number("/spec/replicas", -1)).isEqualTo(2);
        await("the end of the pod in quarantine", () -> quarantined().isEmpty() ? true : null);
        await("the end of its policy", () -> policy(kept) ? null : true);

        assertThat(ledger()).hasSize(6).containsOnly("APPLIED");
        String pod = kept.name();
        AuditLog.named().ifPresent(log -> Awaitility.await("the audit log").untilAsserted(() -> assertThat(
                        log.writes(cluster.name(), "").stream().filter(Write::effective))
                .allMatch(write -> write.user().endsWith(":" + ISOLATOR))
                .extracting(Write::what)
                .containsExactly(
                        "patch networkpolicies/quarantine-" + pod,
                        "patch pods/" + pod,
                        "patch deployments/breached",
                        "delete secrets/breached-token",
                        "patch deployments/breached",
                        "delete pods/" + pod)));
        assertThat(kept())
                .as("what is kept of the incident")
                .isNotEmpty()
                .noneMatch(text -> text.contains(token) || text.contains(encoded(token)))
                .noneMatch(text -> text.contains("eyJhbGciOi") || text.contains("ZXlKaGJHY2lPa"));
    }

    private void approves() {
        answers("approver", "Approve change", Map.of("approvalAnswer", "approve", "approvalReason", "seen"));
    }

    /** All that is told, planned, sent, handed on and captured. */
    private List<String> kept() {
        Stream<String> words = Stream.of(
                        "select summary || details from evidence",
                        "select coalesce(effect, '') || coalesce(output, '') || coalesce(kubectl, '') from step_ledger",
                        "select input || summary || kubectl || diff from proposal",
                        "select coalesce(TEXT_, '') from ACT_HI_VARINST")
                .flatMap(query -> jdbc.sql(query).query(String.class).list().stream());
        Stream<String> captured = jdbc.sql("select content from artefact").query(byte[].class).list().stream()
                .map(SuspectedBreachApiServerIT::unzipped);
        return Stream.concat(words, captured).toList();
    }

    private static String unzipped(byte[] content) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String token) {
        return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    private static List<KubernetesObject> quarantined() {
        return cluster.reader().list(ResourceType.PODS, Query.in(cluster.name())).stream()
                .filter(pod -> pod.labels().containsKey("incident-orchestrator/quarantine"))
                .toList();
    }

    private static boolean policy(KubernetesObject pod) {
        return cluster.object(new Target("NetworkPolicy", cluster.name(), "quarantine-" + pod.name()))
                .isPresent();
    }

    private static String token(String name, String account) {
        return """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s", "annotations": {
                 "kubernetes.io/service-account.name": "%s"}}, "type": "kubernetes.io/service-account-token"}"""
                .formatted(name, account);
    }

    /** Once its controller has made it. */
    private static String tokenOf(String secret) {
        String encoded = await("the token " + secret, () -> cluster.object(new Target("Secret", cluster.name(), secret))
                .flatMap(object -> object.text("/data/token"))
                .orElse(null));
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
