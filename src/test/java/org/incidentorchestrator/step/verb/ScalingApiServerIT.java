package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.support.TestIncident;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What only Kubernetes' own autoscaler shows: which lever it takes back, which one it follows, and that an object says who
 * it was. Its pods request no cpu, so that it cannot measure: the case that the runbook scales by hand in.
 */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "what a real autoscaler takes back; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster"
                        + " whose kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts")
class ScalingApiServerIT {
    private static final String KUBECONFIG = System.getenv("TEST_KUBECONFIG");
    private static TestNamespace cluster;

    @BeforeAll
    static void open() {
        CustomKinds.installed(KUBECONFIG);
        cluster = TestNamespace.on(KUBECONFIG);
        // Together, because the autoscaler goes round only every 15 seconds.
        for (String workload : new String[] {"bounded", "overruled", "within"}) {
            cluster.isWell(workload);
            cluster.hasAutoscaler(workload);
        }
        for (String workload : new String[] {"bounded", "overruled", "within"}) {
            await(() ->
                    "notResponding".equals(look("describeAutoscaler", workload).get("verdict")));
        }
        cluster.isSetTo("overruled", 6);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void one_that_cannot_measure_says_so_and_what_it_is_called_does_not_matter() {
        Map<String, Object> seen = look("describeAutoscaler", "within");
        assertThat(seen).containsEntry("autoscaler", "within").containsEntry("minReplicas", 2);
        assertThat(seen.get("measured")).isEqualTo("cpu <unknown>/80%");
        assertThat(seen.get("verdictText").toString()).contains("FailedGetResourceMetric");
    }

    @Test
    void within_its_bounds_it_leaves_what_is_set_by_hand() {
        Plan<?> plan = act("scaleWorkload", Map.of("target", target("within"), "atLeast", 3));
        assertThat(Verbs.output(plan)).containsEntry("lever", "replicas");
        assertThat(replicas("within")).isEqualTo(3);
    }

    @Test
    void it_keeps_its_bounds_though_it_cannot_measure_so_that_both_together_scale() {
        Plan<?> plan = act("scaleWorkload", Map.of("target", target("bounded"), "atLeast", 6));
        assertThat(Verbs.output(plan)).containsEntry("lever", "bounds");
        await(() -> replicas("bounded") == 6);
    }

    @Test
    void what_it_takes_back_it_has_signed() {
        await(() -> replicas("overruled") == 4);
        ObjectNode recorded = (ObjectNode) Manifest.tree("{step: scaleWorkload, at: '2026-11-24T12:00:00Z',"
                + " set: {spec: {replicas: 6}}, undo: {spec: {replicas: 2}}}");
        recorded.put("target", target("overruled"))
                .put("uid", cluster.deployment("overruled").uid());
        Verbs.RECORDED.are(recorded.arrayNode().add(recorded));
        Map<String, Object> hold =
                Verbs.output(plan("checkHold", Map.of("target", target("overruled"), "step", "scaleWorkload")));
        assertThat(hold).containsEntry("holds", "changedByOther").containsEntry("by", "autoscaler");
    }

    private static Map<String, Object> look(String verb, String workload) {
        return Verbs.output(plan(verb, Map.of("target", target(workload))));
    }

    private static Plan<?> act(String verb, Map<String, ?> input) {
        Plan<?> plan = plan(verb, input);
        plan.effects().forEach(effect -> cluster.writer().apply(((OnCluster) effect).change(), Write.FOR_REAL));
        return plan;
    }

    private static Plan<?> plan(String verb, Map<String, ?> input) {
        Instant at = Instant.parse("2026-11-24T11:50:00Z");
        var key = new IncidentKey("ServiceDown", cluster.name(), "x");
        var incident = TestIncident.opened(7, key, at)
                .saying("")
                .sentTo("service-down", null)
                .row();
        return Verbs.plan(
                verb, input, new StepContext(cluster.reader(), Optional.of(incident), Mode.EXECUTE, Instant.now()));
    }

    private static String target(String workload) {
        return "Deployment/" + cluster.name() + "/" + workload;
    }

    private static int replicas(String workload) {
        return cluster.deployment(workload).number("/spec/replicas", 0);
    }

    private static void await(Callable<Boolean> done) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(done);
    }
}
