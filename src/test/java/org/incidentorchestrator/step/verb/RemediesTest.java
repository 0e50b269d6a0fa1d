package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verbs on a cluster that behaves: what they see of a fault, and that each remedy heals what it can heal. */
class RemediesTest {
    private static final String GATEWAY = "Deployment/" + Sandbox.NAMESPACE + "/mcp-gateway";

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @BeforeEach
    void settle() {
        clock.pass(Duration.ofMinutes(20));
        assertThat(recovery()).isEqualTo("recovered");
    }

    @Test
    void a_crash_that_a_restart_heals_is_seen_restarted_and_seen_healed() {
        play(Scenario.CRASH_UNTIL_RESTARTED);
        assertThat(cause()).isEqualTo("crashLoop");
        assertThat(look("readLogs", Map.of("target", GATEWAY)).get("previousLogs"))
                .isNotEqualTo(0);
        act("restartWorkload", Map.of("target", GATEWAY, "reason", "crashLoop"));
        assertThat(recovery()).isEqualTo("recovered");
        assertThat(look("checkRollout", Map.of("target", GATEWAY)).get("rollout"))
                .isEqualTo("complete");
    }

    @Test
    void what_only_more_replicas_heal_is_out_of_memory_until_it_is_scaled() {
        play(Scenario.CRASH_UNTIL_SCALED);
        assertThat(cause()).isEqualTo("oomKilled");
        act("restartWorkload", Map.of("target", GATEWAY));
        assertThat(recovery()).isEqualTo("failed");
        act("scaleWorkload", Map.of("target", GATEWAY, "atLeast", 3));
        assertThat(recovery()).isEqualTo("recovered");
    }

    @Test
    void one_bad_pod_is_replaced_and_only_once() {
        play(Scenario.ONE_BAD_POD);
        assertThat(cause()).isEqualTo("notReady");
        act("replacePod", Map.of("target", GATEWAY));
        assertThat(recovery()).isEqualTo("recovered");
        assertThat(refusal("replacePod", Map.of("target", GATEWAY))).isEqualTo("nothingToReplace");
    }

    @Test
    void what_nothing_heals_has_failed_at_the_deadline() {
        play(Scenario.NEVER_HEALTHY);
        act("restartWorkload", Map.of("target", GATEWAY));
        assertThat(recovery()).isEqualTo("failed");
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"CRASH_UNTIL_RESTARTED", "CRASH_UNTIL_SCALED", "ONE_BAD_POD", "NEVER_HEALTHY"})
    void every_look_has_something_to_keep(Scenario scenario) {
        play(scenario);
        assertThat(plan("listPods", Map.of("target", GATEWAY)).artefacts()).isNotEmpty();
        assertThat(plan("describePod", Map.of("target", GATEWAY)).artefacts()).isNotEmpty();
        assertThat(plan("readLogs", Map.of("target", GATEWAY)).artefacts()).isNotEmpty();
        assertThat(plan("readUsage", Map.of("target", GATEWAY)).artefacts()).isNotEmpty();
    }

    private void play(Scenario scenario) {
        sandbox.play(scenario, "mcp-gateway");
        clock.pass(Duration.ofMinutes(3));
    }

    private String cause() {
        return look("describePod", Map.of("target", GATEWAY)).get("cause").toString();
    }

    /** Looks every five seconds, as the model's timer does, until there is an answer to act on. */
    private String recovery() {
        Map<String, Object> seen = new HashMap<>(Map.of("recovery", "notYet"));
        for (int looks = 0; looks < 200 && List.of("notYet", "holding").contains(seen.get("recovery")); looks++) {
            seen.put("target", GATEWAY);
            seen.keySet().retainAll(Set.of("target", "verifyingSince", "recoveredSince"));
            seen = new HashMap<>(look("checkRecovery", seen));
            clock.pass(Duration.ofSeconds(5));
        }
        return seen.get("recovery").toString();
    }

    private Map<String, Object> look(String verb, Map<String, ?> input) {
        Plan<?> plan = plan(verb, input);
        assertThat(plan.effects()).isEmpty();
        return Verbs.output(plan);
    }

    private void act(String verb, Map<String, ?> input) {
        for (Effect effect : plan(verb, input).effects()) {
            sandbox.writer().apply(((OnCluster) effect).change(), Write.FOR_REAL);
        }
        clock.pass(Duration.ofSeconds(30));
    }

    private String refusal(String verb, Map<String, ?> input) {
        try {
            return plan(verb, input).summary();
        } catch (StepFailure refused) {
            return refused.reason();
        }
    }

    private Plan<?> plan(String verb, Map<String, ?> input) {
        Instant now = clock.instant();
        return Verbs.plan(verb, input, new StepContext(sandbox.reader(), Optional.empty(), Mode.EXECUTE, now));
    }
}
