package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterGates;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.Step;
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

    private static final CheckRollout ROLLOUT = new CheckRollout(new RolloutSettings(Duration.ofMinutes(10)));

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
        assertThat(look(new ReadLogs(), new ReadLogs.Input(GATEWAY)).previousLogs())
                .isPositive();
        act(new RestartWorkload(), new RestartWorkload.Input(GATEWAY, "crashLoop"));
        assertThat(recovery()).isEqualTo("recovered");
        assertThat(look(ROLLOUT, new CheckRollout.Input(GATEWAY, null)).rollout())
                .isEqualTo("complete");
    }

    @Test
    void what_only_more_replicas_heal_is_out_of_memory_until_it_is_scaled() {
        play(Scenario.CRASH_UNTIL_SCALED);
        assertThat(cause()).isEqualTo("oomKilled");
        act(new RestartWorkload(), new RestartWorkload.Input(GATEWAY, null));
        assertThat(recovery()).isEqualTo("failed");
        act(new ScaleWorkload(), new ScaleWorkload.Input(GATEWAY, 3));
        assertThat(recovery()).isEqualTo("recovered");
    }

    @Test
    void one_bad_pod_is_replaced_and_only_once() {
        play(Scenario.ONE_BAD_POD);
        assertThat(cause()).isEqualTo("notReady");
        act(new ReplacePod(), new ReplacePod.Input(GATEWAY, null));
        assertThat(recovery()).isEqualTo("recovered");
        assertThat(refusal(new ReplacePod(), new ReplacePod.Input(GATEWAY, null)))
                .isEqualTo("nothingToReplace");
    }

    @Test
    void what_nothing_heals_has_failed_at_the_deadline() {
        play(Scenario.NEVER_HEALTHY);
        act(new RestartWorkload(), new RestartWorkload.Input(GATEWAY, null));
        assertThat(recovery()).isEqualTo("failed");
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"CRASH_UNTIL_RESTARTED", "CRASH_UNTIL_SCALED", "ONE_BAD_POD", "NEVER_HEALTHY"})
    void every_look_has_something_to_keep(Scenario scenario) {
        play(scenario);
        assertThat(plan(new ListPods(), new ListPods.Input(GATEWAY)).artefacts())
                .isNotEmpty();
        assertThat(plan(new DescribePod(), new DescribePod.Input(GATEWAY)).artefacts())
                .isNotEmpty();
        assertThat(plan(new ReadLogs(), new ReadLogs.Input(GATEWAY)).artefacts())
                .isNotEmpty();
        assertThat(plan(new ReadUsage(), new ReadUsage.Input(GATEWAY)).artefacts())
                .isNotEmpty();
    }

    private void play(Scenario scenario) {
        sandbox.play(scenario, "mcp-gateway");
        clock.pass(Duration.ofMinutes(3));
    }

    private String cause() {
        return look(new DescribePod(), new DescribePod.Input(GATEWAY)).cause();
    }

    /** Looks every five seconds, as the model's timer does, until there is an answer to act on. */
    private String recovery() {
        var step = new CheckRecovery(
                new RecoverySettings(Duration.ofSeconds(60), Duration.ofMinutes(5)), ClusterGates.settings());
        var seen = new CheckRecovery.Output("notYet", null, null, "");
        for (int looks = 0; looks < 200 && List.of("notYet", "holding").contains(seen.recovery()); looks++) {
            seen = look(step, new CheckRecovery.Input(GATEWAY, seen.verifyingSince(), seen.recoveredSince()));
            clock.pass(Duration.ofSeconds(5));
        }
        return seen.recovery();
    }

    private <I extends Record, O extends Record> O look(Step<I, O> step, I input) {
        Plan<O> plan = plan(step, input);
        assertThat(plan.effects()).isEmpty();
        return plan.output();
    }

    private <I extends Record, O extends Record> void act(Step<I, O> step, I input) {
        for (Effect effect : plan(step, input).effects()) {
            sandbox.writer().apply(((OnCluster) effect).change(), Write.FOR_REAL);
        }
        clock.pass(Duration.ofSeconds(30));
    }

    private <I extends Record> String refusal(Step<I, ?> step, I input) {
        try {
            return plan(step, input).summary();
        } catch (StepFailure refused) {
            return refused.reason();
        }
    }

    private <I extends Record, O extends Record> Plan<O> plan(Step<I, O> step, I input) {
        Instant now = clock.instant();
        return step.plan(input, new StepContext(sandbox.reader(), Optional.empty(), Mode.EXECUTE, now));
    }
}
