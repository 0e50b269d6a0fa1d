package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.UsageView;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is installed in the sandbox besides Kubernetes: External Secrets, Gatekeeper, cron jobs; and memory that leaks. */
class ExtensionsTest {
    private static final Target EXTERNAL_SECRET = new Target("ExternalSecret", Sandbox.NAMESPACE, "mcp-gateway-tls");

    private final TestClock clock = new TestClock();
    private Sandbox sandbox = Sandbox.inMemory(clock);

    @Test
    void a_refresh_that_is_asked_for_brings_a_new_certificate_some_seconds_later() throws Exception {
        X509Certificate before = certificate();
        Instant refreshed = refreshTime();
        forceSync("1");
        clock.pass(Duration.ofSeconds(2));
        assertThat(certificate()).isEqualTo(before);
        clock.pass(Duration.ofSeconds(1));
        assertThat(refreshTime()).isAfter(refreshed);
        X509Certificate after = certificate();
        assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
        assertThat(after.getNotAfter().toInstant()).isEqualTo(refreshTime().plus(TlsPair.VALID_FOR));
        after.verify(after.getPublicKey());
        assertThat(after.getSubjectAlternativeNames().iterator().next().get(1))
                .isEqualTo("mcp-gateway.a1-orchestrator.svc");
    }

    @Test
    void a_refresh_may_bring_the_same_certificate_again() throws Exception {
        X509Certificate before = certificate();
        sandbox.play(Scenario.CERTIFICATE_STAYS, "mcp-gateway");
        Instant refreshed = refreshTime();
        forceSync("1");
        clock.pass(Duration.ofSeconds(3));
        assertThat(refreshTime()).isAfter(refreshed);
        assertThat(certificate()).isEqualTo(before);
    }

    @Test
    void a_certificate_that_ends_in_ten_days_is_held_by_the_pods_until_it_is_over() throws Exception {
        sandbox.play(Scenario.CERTIFICATE_EXPIRES, "mcp-gateway");
        assertThat(certificate().getNotAfter().toInstant())
                .isEqualTo(clock.instant().plus(Duration.ofDays(10)));
        assertThat(gateway("Deployment")).contains("\"secretName\":\"mcp-gateway-tls\"");
        assertThat(gateway("Service")).contains("\"port\":443");

        sandbox.play(Scenario.HEALTHY_AGAIN, "mcp-gateway");
        assertThat(certificate().getNotAfter().toInstant())
                .isEqualTo(clock.instant().plus(TlsPair.VALID_FOR));
        assertThat(gateway("Deployment")).doesNotContain("mcp-gateway-tls");
        assertThat(gateway("Service")).doesNotContain("443");
    }

    @Test
    void what_no_external_secret_writes_somebody_has_brought_in_by_hand_and_takes_away_again() {
        sandbox.play(Scenario.CERTIFICATE_EXPIRES, "mcp-config");
        Target secret = new Target("Secret", Sandbox.NAMESPACE, "mcp-config-tls");
        assertThat(object(secret)).isPresent();
        sandbox.play(Scenario.HEALTHY_AGAIN, "mcp-config");
        assertThat(object(secret)).isEmpty();
    }

    private String gateway(String kind) {
        return object(new Target(kind, Sandbox.NAMESPACE, "mcp-gateway"))
                .orElseThrow()
                .toString();
    }

    private Optional<KubernetesObject> object(Target target) {
        ResourceType type = ResourceType.ofKind(target.kind()).orElseThrow();
        return sandbox.reader().as(Identity.SECRETS).get(type, target.namespace(), target.name());
    }

    @Test
    void what_is_refreshed_by_itself_stays_the_same() throws Exception {
        X509Certificate before = certificate();
        Instant refreshed = refreshTime();
        clock.pass(Duration.ofHours(2));
        assertThat(refreshTime()).isAfter(refreshed);
        assertThat(certificate()).isEqualTo(before);
    }

    @Test
    void a_world_that_lives_a_stretch_twice_has_the_same_certificate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("world.json");
        sandbox = Sandbox.in(file, clock);
        forceSync("1");
        clock.pass(Duration.ofSeconds(10));
        X509Certificate seen = certificate();
        sandbox = Sandbox.in(file, clock);
        assertThat(certificate()).isEqualTo(seen);
    }

    @Test
    void a_constraint_lists_some_of_its_violations_and_says_how_many_there_are() {
        KubernetesObject broken = constraint(Served.SECURITY_CONTEXT);
        int pods = sandbox.reader().list(ResourceType.PODS, Query.in("")).size();
        assertThat(pods).isGreaterThan(ConstraintController.LISTED);
        assertThat(broken.number("/status/totalViolations", 0)).isEqualTo(pods);
        assertThat(broken.items("/status/violations")).hasSize(ConstraintController.LISTED);
        assertThat(broken.time("/status/auditTimestamp")).isPresent();
        assertThat(constraint(Served.ALLOWED_REPOS).number("/status/totalViolations", -1))
                .isZero();
    }

    @Test
    void memory_that_leaks_grows_until_the_container_is_killed_and_a_restart_ends_it() {
        sandbox.play(Scenario.MEMORY_LEAKS, "mcp-gateway");
        clock.pass(Duration.ofMinutes(5));
        int early = memoryPercent();
        clock.pass(Duration.ofMinutes(10));
        int late = memoryPercent();
        assertThat(late).isGreaterThan(early + 20).isLessThan(100);
        clock.pass(Duration.ofMinutes(6));
        KubernetesObject container = pods().get(0).at("/status/containerStatuses/0");
        assertThat(container.number("/restartCount", 0)).isEqualTo(1);
        assertThat(container.text("/lastState/terminated/reason", "")).isEqualTo("OOMKilled");
        sandbox.patch(
                new Target("Deployment", Sandbox.NAMESPACE, "mcp-gateway"),
                Json.object(
                        "{'spec': {'template': {'metadata': {'annotations': {'kubectl.kubernetes.io/restartedAt': '1'}}}}}"));
        clock.pass(Duration.ofHours(1));
        assertThat(memoryPercent()).isLessThan(early);
        assertThat(sandbox.view().playing()).isEmpty();
    }

    @Test
    void a_cron_job_is_due_by_its_schedule_and_not_while_it_is_suspended() {
        Instant first = lastDue();
        clock.pass(Duration.ofMinutes(30));
        Instant second = lastDue();
        assertThat(second).isEqualTo(first.plus(Duration.ofMinutes(30)));
        Target cron = new Target("CronJob", Sandbox.NAMESPACE, "mcp-tracehub-compaction");
        sandbox.patch(cron, Json.object("{'spec': {'suspend': true}}"));
        clock.pass(Duration.ofMinutes(187));
        assertThat(lastDue()).isEqualTo(second);
        sandbox.patch(cron, Json.object("{'spec': {'suspend': false}}"));
        assertThat(lastDue()).as("what was missed is not caught up").isEqualTo(second);
        clock.pass(Duration.ofMinutes(31));
        assertThat(lastDue()).isAfter(second.plus(Duration.ofHours(3)));
    }

    private void forceSync(String value) {
        sandbox.patch(EXTERNAL_SECRET, Json.object("{'metadata': {'annotations': {'force-sync': '%s'}}}", value));
    }

    private Instant refreshTime() {
        return get(ResourceType.EXTERNAL_SECRETS, EXTERNAL_SECRET.name())
                .time("/status/refreshTime")
                .orElseThrow();
    }

    private X509Certificate certificate() throws Exception {
        String pem = get(ResourceType.SECRETS, "mcp-gateway-tls").map("/data").get("tls.crt");
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(pem)));
    }

    private KubernetesObject constraint(ResourceType type) {
        return sandbox.reader().list(type, Query.in("")).get(0);
    }

    private List<KubernetesObject> pods() {
        LabelSelector gateway = LabelSelector.equalTo(java.util.Map.of("app", "mcp-gateway"));
        return sandbox.reader()
                .list(ResourceType.PODS, Query.in(Sandbox.NAMESPACE).selecting(gateway));
    }

    private int memoryPercent() {
        List<KubernetesObject> samples = sandbox.reader().list(ResourceType.POD_METRICS, Query.in(Sandbox.NAMESPACE));
        return UsageView.highest(UsageView.of(pods(), samples), UsageView::memoryPercent)
                .orElseThrow();
    }

    private Instant lastDue() {
        return get(ResourceType.CRON_JOBS, "mcp-tracehub-compaction")
                .time("/status/lastScheduleTime")
                .orElseThrow();
    }

    private KubernetesObject get(ResourceType type, String name) {
        return sandbox.reader().get(type, Sandbox.NAMESPACE, name).orElseThrow();
    }
}
