package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.AUTOSCALER_BLIND;
import static org.incidentorchestrator.sandbox.Scenario.LOAD_IS_HIGH;

import java.time.Duration;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;

/** A workload short of CPU, by each state of its autoscaler. Each test fails when its remedy is taken out of the model. */
class HighCpuUsageProcessTest extends UsageScenario {
    private static final String ALERT = "HighCpuUsage";

    @Test
    void without_an_autoscaler_it_is_scaled_to_eight() {
        loaded(GATEWAY);
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(DEPLOYMENT + GATEWAY);
        assertThat(replicas(GATEWAY)).isEqualTo(8);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(taskNames()).isEmpty();
    }

    @Test
    void an_autoscaler_at_its_maximum_gets_a_higher_one() {
        loaded(API);
        assertThat(replicas(API)).as("it has done what it could").isEqualTo(6);
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(AUTOSCALER + API);
        assertThat(replicas(API)).isEqualTo(8);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void an_autoscaler_that_cannot_measure_is_told_how_many_to_keep() {
        sandbox.play(AUTOSCALER_BLIND, API);
        passesUnseen(Duration.ofMinutes(2));
        firesAs("KubeHpaReplicasMismatch", API, "critical");
        work();
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(AUTOSCALER + API);
        assertThat(replicas(API)).isEqualTo(8);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void an_autoscaler_that_works_is_left_to_work_and_watched() {
        autoscales(2, 10);
        sandbox.play(LOAD_IS_HIGH, API);
        firesAs(ALERT, API, "critical");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_PROPOSED")).isEmpty();
        assertThat(replicas(API)).isEqualTo(8);
        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("uses at most 9"));
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_workload_that_has_all_it_may_have_is_said_to_and_handed_to_a_human() {
        limits("cpu", "300m");
        scales(GATEWAY, 10);
        passesUnseen(Duration.ofMinutes(2));
        loaded(GATEWAY);
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(asked()).contains("as many replicas as it may have, 10");
        endsAs("high-cpu-usage", "handedToHuman");
    }

    @Test
    void what_somebody_takes_back_is_handed_to_a_human_who_is_told_by_whom() {
        loaded(GATEWAY);
        decides("alice", "apply");
        scales(GATEWAY, 3);
        passes(Duration.ofMinutes(40));

        assertThat(asked()).contains("not settled").contains("was set to 8 and is 3 now, by kubectl");
        endsAs("high-cpu-usage", "handedToHuman");
    }

    @Test
    void more_pods_that_do_not_help_are_not_called_a_recovery() {
        limits("cpu", "400m");
        passesUnseen(Duration.ofMinutes(2));
        loaded(GATEWAY);
        decides("alice", "apply");
        passes(Duration.ofMinutes(40));

        assertThat(replicas(GATEWAY)).isEqualTo(8);
        assertThat(asked()).contains("not settled").contains("of its CPU limit");
        endsAs("high-cpu-usage", "handedToHuman");
    }

    @Test
    void cpu_that_is_no_longer_short_is_left_alone() {
        firesAs(ALERT);
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void an_alert_that_ends_while_a_responder_decides_changes_nothing() {
        loaded(GATEWAY);
        resolvesAs(ALERT);
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
    }

    @Test
    void a_responder_who_hands_over_changes_nothing() {
        loaded(GATEWAY);
        decides("alice", "handOver");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        endsAs("high-cpu-usage", "handedToHuman");
    }

    @Test
    void a_person_who_ends_the_incident_while_usage_is_watched_ends_the_runbook_too() {
        loaded(GATEWAY);
        decides("alice", "apply");
        passesUntil("verify-usage");
        ends("alice", "continuedElsewhere");
        passes(Duration.ofMinutes(5));

        endsAs("high-cpu-usage", "handedToHuman");
        assertThat(told("PERSON_NEEDED")).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.CONTINUED_ELSEWHERE);
    }

    private void loaded(String workload) {
        sandbox.play(LOAD_IS_HIGH, workload);
        passesUnseen(Duration.ofMinutes(2));
        firesAs(ALERT, workload, "critical");
        work();
    }
}
