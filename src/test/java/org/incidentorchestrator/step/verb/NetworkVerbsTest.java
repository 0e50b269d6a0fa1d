package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The looks at the network on a cluster that behaves: services answer, policies are enforced, programs run. */
class NetworkVerbsTest {
    private static final String GATEWAY = id("mcp-gateway");
    private static final String API = id("mcp-orchestrator-api");

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @BeforeEach
    void settle() {
        clock.pass(Duration.ofMinutes(20));
    }

    @Test
    void all_is_well_at_first() {
        assertThat(look("listServices", "")).containsEntry("services", 5).containsEntry("withoutReady", 0);
        assertThat(look("listEndpoints", "")).containsEntry("ready", 10).containsEntry("lack", "none");
        assertThat(look("listNetworkPolicies", ""))
                .containsEntry("policies", 0)
                .containsEntry("allowed", 20)
                .containsEntry("withoutDns", 0);
        assertThat(look("checkHealth", "")).containsEntry("health", "healthy").containsEntry("healthy", 15);
        assertThat(look("checkHealthFromPod", GATEWAY))
                .containsEntry("reach", "reached")
                .containsEntry("status", 200);
    }

    @Test
    void a_service_whose_pods_are_not_ready_has_no_endpoints_and_refuses_connections() {
        sandbox.play(Scenario.NEVER_HEALTHY, "mcp-gateway");
        clock.pass(Duration.ofSeconds(30));
        assertThat(look("listEndpoints", GATEWAY)).containsEntry("lack", "podsNotReady");
        assertThat(look("checkHealth", GATEWAY)).containsEntry("health", "noEndpoints");
        assertThat(look("checkHealthFromPod", GATEWAY))
                .containsEntry("reach", "notReached")
                .containsEntry("failure", "refused");
    }

    @Test
    void a_policy_that_denies_everything_is_told_from_a_program_that_does_not_answer() {
        policy("default-deny", "{podSelector: {}, policyTypes: [Ingress]}");
        assertThat(look("listNetworkPolicies", GATEWAY))
                .containsEntry("denied", 4)
                .containsEntry("allowed", 0);
        assertThat(look("checkHealth", GATEWAY)).containsEntry("health", "unknown");
        assertThat(look("checkHealthFromPod", GATEWAY)).containsEntry("reach", "unknown");

        policy(
                "allow-config",
                "{podSelector: {matchLabels: {app: mcp-gateway}}, ingress: [{from: [{podSelector: {matchLabels: {app:"
                        + " mcp-config}}}]}]}");
        assertThat(look("listNetworkPolicies", GATEWAY))
                .containsEntry("denied", 3)
                .containsEntry("allowed", 1);
        assertThat(look("checkHealthFromPod", GATEWAY))
                .containsEntry("reach", "reached")
                .hasEntrySatisfying("fromPod", pod -> assertThat(pod.toString()).startsWith("mcp-config-"));
    }

    @Test
    void who_may_not_ask_for_names_reaches_nobody() {
        policy(
                "no-egress",
                "{podSelector: {matchLabels: {app: mcp-config}}, policyTypes: [Egress], egress: [{to:"
                        + " [{podSelector: {}}]}]}");
        assertThat(look("listNetworkPolicies", GATEWAY))
                .containsEntry("withoutDns", 1)
                .containsEntry("denied", 0);
        assertThat(look("checkHealthFromPod", Map.of("target", GATEWAY, "from", "mcp-config")))
                .containsEntry("reach", "notReached")
                .containsEntry("failure", "dns");
    }

    @Test
    void connections_that_are_not_closed_make_a_service_slow_until_it_is_restarted() {
        assertThat(look("countConnections", connections(API, 4)))
                .containsEntry("known", true)
                .containsEntry("established", 8)
                .containsEntry("closeWait", 0)
                .containsEntry("percentOfPool", 100);
        assertThat(look("measureLatency", API)).containsEntry("from", "pod").containsEntry("p50", 4);

        sandbox.play(Scenario.CONNECTIONS_LEAK, "mcp-orchestrator-api");
        clock.pass(Duration.ofMinutes(2));
        assertThat(look("countConnections", connections(API, 4)))
                .containsEntry("closeWait", 48)
                .containsEntry("mostInOnePod", 28);
        assertThat(look("measureLatency", API)).containsEntry("p50", 2_600).containsEntry("answers", 5);
        assertThat(look("checkHealth", API)).containsEntry("health", "healthy").containsEntry("slowestMillis", 2_600);

        sandbox.patch(
                Target.parse(API),
                Manifest.tree(
                        "{spec: {template: {metadata: {annotations: {kubectl.kubernetes.io/restartedAt: now}}}}}"));
        clock.pass(Duration.ofMinutes(2));
        assertThat(look("countConnections", connections(API, 4))).containsEntry("closeWait", 0);
        assertThat(look("measureLatency", API)).containsEntry("p50", 4);
    }

    @Test
    void an_image_without_programs_leaves_everything_unknown() {
        assertThat(look("countConnections", connections(id("mcp-tracehub"), 0)))
                .containsEntry("known", false)
                .containsEntry("pods", 2);
        assertThat(look("listDumps", id("mcp-tracehub"))).containsEntry("known", false);
        assertThat(look("listProcesses", id("mcp-tracehub"))).containsEntry("known", false);
        assertThat(look("checkHealthFromPod", Map.of("target", GATEWAY, "from", "mcp-tracehub")))
                .containsEntry("reach", "unknown");
        assertThat(look("measureLatency", id("mcp-tracehub"))).containsEntry("from", "apiServer");
    }

    @Test
    void what_ran_out_of_memory_has_left_a_dump_where_tmp_outlives_the_container() {
        assertThat(look("listDumps", GATEWAY)).containsEntry("known", true).containsEntry("dumps", 0);
        sandbox.play(Scenario.CRASH_UNTIL_SCALED, "mcp-gateway");
        clock.pass(Duration.ofMinutes(1));
        sandbox.play(Scenario.HEALTHY_AGAIN, "mcp-gateway");
        clock.pass(Duration.ofSeconds(30));
        assertThat(look("listDumps", GATEWAY))
                .containsEntry("dumps", 2)
                .hasEntrySatisfying("largestBytes", bytes -> assertThat(((Number) bytes).longValue())
                        .isEqualTo(402_653_184L));
    }

    @Test
    void processes_are_kept_with_their_arguments() {
        assertThat(look("listProcesses", GATEWAY))
                .containsEntry("known", true)
                .containsEntry("containers", 2)
                .containsEntry("processes", 2);
    }

    private static Map<String, ?> connections(String target, int poolLimit) {
        return Map.of("target", target, "port", 5432, "poolLimit", poolLimit);
    }

    private static String id(String workload) {
        return "Deployment/" + Sandbox.NAMESPACE + "/" + workload;
    }

    private void policy(String name, String spec) {
        sandbox.create(Manifest.tree("{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: " + name
                + ", namespace: " + Sandbox.NAMESPACE + "}, spec: " + spec + "}"));
    }

    private Map<String, Object> look(String verb, String target) {
        Map<String, String> input = new HashMap<>(Map.of("namespace", Sandbox.NAMESPACE, "target", target));
        boolean inside = java.util.Arrays.stream(Verbs.named(verb).input().getRecordComponents())
                .noneMatch(component -> component.getName().equals("namespace"));
        if (inside) {
            input.remove("namespace");
        }
        return look(verb, input);
    }

    private Map<String, Object> look(String verb, Map<String, ?> input) {
        var context = new StepContext(sandbox.reader(), Optional.empty(), Mode.EXECUTE, clock.instant());
        return Verbs.output(Verbs.plan(verb, input, context));
    }
}
