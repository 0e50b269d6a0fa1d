package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_SCALED;
import static org.incidentorchestrator.sandbox.Scenario.HEALTHY_AGAIN;
import static org.incidentorchestrator.sandbox.Scenario.LOAD_IS_HIGH;
import static org.incidentorchestrator.sandbox.Scenario.MEMORY_LEAKS;
import static org.incidentorchestrator.sandbox.Scenario.MEMORY_TOO_SMALL;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RefusingRunner;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A workload near its memory limit, by each cause. Each test fails when its remedy is taken out of the model. */
class HighMemoryUsageProcessTest extends UsageScenario {
    private static final String ALERT = "HighMemoryUsage";
    private static final Target TRACEHUB = new Target("Deployment", Sandbox.NAMESPACE, "mcp-tracehub");
    private static final Duration WATCH = Duration.ofMinutes(5);
    /** The setting {@code lease.duration}. */
    private static final Duration LEASE = Duration.ofHours(4);

    @Autowired
    private RefusingRunner runner;

    @Test
    void pods_that_are_killed_for_their_memory_get_a_higher_limit_and_the_follow_up_stays() {
        killed();
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(DEPLOYMENT + GATEWAY);
        assertThat(limit()).isEqualTo("1Gi");
        assertThat(asked()).contains("killed for its memory").contains("manifest");
        endsAs("high-memory-usage", "resolved");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(taskNames()).singleElement().asString().contains("Follow-up");
    }

    @Test
    void pods_that_leak_get_a_higher_limit_to_buy_time() {
        sandbox.play(MEMORY_LEAKS, GATEWAY);
        passesUnseen(Duration.ofMinutes(15));
        firesAs(ALERT);
        passes(Duration.ofSeconds(245));
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(limit()).isEqualTo("1Gi");
        assertThat(asked()).contains("it was leaking");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void pods_that_are_full_of_work_get_company_until_the_lease_ends_and_no_longer() {
        loaded();
        decides("alice", "apply");
        passes(A_WHILE);
        assertThat(replicas(GATEWAY)).isEqualTo(5);
        assertThat(incident().open())
                .as("what is done for the time being is not done with")
                .isTrue();
        assertThat(taskNames()).containsExactly("Respond to incident");

        sandbox.play(HEALTHY_AGAIN, GATEWAY);
        passes(LEASE);
        assertThat(told("GIVEN_BACK")).as("nothing was asked of anybody").isEmpty();
        assertThat(told("PAGED")).hasSize(1);
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(DEPLOYMENT + GATEWAY, DEPLOYMENT + GATEWAY);
        assertThat(replicas(GATEWAY)).isEqualTo(2);
        endsAs("high-memory-usage", "resolved");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void an_alert_that_the_pager_resolves_does_not_end_a_lease_early() {
        leased();
        resolvesAs(ALERT);
        passes(A_WHILE);
        assertThat(tasks("Decide on remedy")).isEmpty();

        passes(LEASE);
        decides("alice", "lookAgain");
        assertThat(told("STEP_PROPOSED")).hasSize(3);
        decides("alice", "apply");
        passes(A_WHILE);
        assertThat(replicas(GATEWAY)).isEqualTo(2);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
    }

    @Test
    void a_workload_that_does_not_do_without_what_is_taken_back_is_handed_to_a_human() {
        leased();
        passes(LEASE);
        decides("alice", "apply");
        assertThat(replicas(GATEWAY)).isEqualTo(2);
        sandbox.play(CRASH_UNTIL_SCALED, GATEWAY);
        passes(A_WHILE);

        endsAs("high-memory-usage", "handedToHuman");
    }

    @Test
    void a_responder_may_leave_what_was_done_for_the_time_being() {
        leased();
        passes(LEASE);
        decides("alice", "skip");
        passes(A_WHILE);

        assertThat(replicas(GATEWAY)).isEqualTo(5);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_responder_may_take_the_end_of_a_lease_in_hand() {
        leased();
        passes(LEASE);
        decides("alice", "handOver");
        passes(A_WHILE);

        assertThat(replicas(GATEWAY)).isEqualTo(5);
        endsAs("high-memory-usage", "handedToHuman");
    }

    @Test
    void what_somebody_else_has_changed_since_is_theirs_when_the_lease_ends() {
        leased();
        scales(GATEWAY, 4);
        passes(LEASE);
        passes(A_WHILE);

        assertThat(tasks("Decide on remedy")).isEmpty();
        assertThat(replicas(GATEWAY)).isEqualTo(4);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void somebody_who_takes_the_lease_away_has_made_the_change_last() {
        leased();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/metadata/annotations")
                .putNull("incident-orchestrator/lease-until")
                .putNull("incident-orchestrator/lease-of");
        sandbox.patch(new Target("Deployment", Sandbox.NAMESPACE, GATEWAY), body);
        passes(LEASE);

        assertThat(tasks("Decide on remedy")).isEmpty();
        assertThat(replicas(GATEWAY)).isEqualTo(5);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_person_who_ends_the_incident_ends_the_verification_too() {
        loaded();
        decides("alice", "apply");
        passes(Duration.ofMinutes(3));
        ends("alice", "resolved");
        passes(Duration.ofMinutes(5));

        assertThat(taskNames()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_PERSON);
    }

    @Test
    void a_workload_that_goes_away_while_it_is_watched_is_handed_to_a_human() {
        KubernetesObject tracehub = sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, TRACEHUB.name())
                .orElseThrow();
        sandbox.play(LOAD_IS_HIGH, TRACEHUB.name());
        firesAs(ALERT, TRACEHUB.name(), "critical");
        passes(Duration.ofMinutes(2));
        sandbox.delete(TRACEHUB);
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        endsAs("high-memory-usage", "handedToHuman");
        createAnew(tracehub);
    }

    @Test
    void a_workload_that_is_gone_while_its_change_is_watched_is_handed_to_a_human() {
        KubernetesObject tracehub = sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, TRACEHUB.name())
                .orElseThrow();
        sandbox.play(LOAD_IS_HIGH, TRACEHUB.name());
        passesUnseen(Duration.ofMinutes(2));
        firesAs(ALERT, TRACEHUB.name(), "critical");
        passes(WATCH);
        decides("alice", "apply");
        passesUntil("check-hold");
        sandbox.delete(TRACEHUB);
        passes(A_WHILE);

        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("is gone, or was deleted and made anew"));
        endsAs("high-memory-usage", "handedToHuman");
        createAnew(tracehub);
    }

    @Test
    void an_alert_that_is_resolved_while_a_change_is_watched_ends_the_watch_at_the_next_look() {
        loaded();
        decides("alice", "apply");
        passesUntil("check-hold");
        resolvesAs(ALERT);
        work();

        assertThat(told("STEP_LOOKED").stream().filter(look -> look.contains("holds")))
                .hasSize(2);
        passesUntil("verify-usage");
    }

    @Test
    void a_change_of_which_nobody_can_tell_whether_it_was_taken_back_is_for_a_human() {
        leased();
        passes(LEASE);
        runner.refuseNext("serviceTask_undoChange", RefusalCode.OUTCOME_UNKNOWN);
        decides("alice", "apply");
        passes(A_WHILE);

        endsAs("high-memory-usage", "handedToHuman");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void a_person_who_ends_the_incident_ends_the_wait_for_the_lease_too() {
        leased();
        ends("alice", "resolved");
        passes(A_WHILE);

        assertThat(replicas(GATEWAY)).isEqualTo(5);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_PERSON);
    }

    @Test
    void a_change_that_somebody_takes_back_is_handed_to_a_human_who_is_told_by_whom() {
        loaded();
        decides("alice", "apply");
        scales(GATEWAY, 2);
        passes(A_WHILE);

        assertThat(asked()).contains("not settled").contains("was set to 5 and is 2 again, by kubectl");
        endsAs("high-memory-usage", "handedToHuman");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void a_limit_that_is_as_high_already_is_not_touched() {
        limits("memory", "1Gi");
        passesUnseen(Duration.ofMinutes(2));
        sandbox.play(CRASH_UNTIL_SCALED, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        firesAs(ALERT);
        passes(WATCH);

        assertThat(changes()).isEmpty();
        assertThat(asked()).contains("has a memory limit of 1Gi already");
        endsAs("high-memory-usage", "handedToHuman");
    }

    @Test
    void without_a_limit_there_is_no_percentage_and_people_are_told_so() {
        limitsNoMemory();
        passesUnseen(Duration.ofMinutes(2));
        loaded();

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_PROPOSED")).isEmpty();
        assertThat(asked()).contains("no limit is set").contains("Give its containers a memory limit");
        endsAs("high-memory-usage", "handedToHuman");
    }

    @Test
    void what_is_refused_is_handed_to_a_human_with_the_reason() {
        sandbox.play(MEMORY_TOO_SMALL, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        pauses();
        firesAs("KubeContainerOOMKilled");
        passes(WATCH);

        assertThat(changes()).isEmpty();
        assertThat(asked()).contains("paused");
        endsAs("high-memory-usage", "handedToHuman");
    }

    @Test
    void a_responder_who_declines_changes_nothing() {
        loaded();
        decides("alice", "skip");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        endsAs("high-memory-usage", "handedToHuman");
    }

    @Test
    void looking_again_names_the_cause_and_proposes_anew() {
        loaded();
        decides("alice", "lookAgain");
        assertThat(told("STEP_PROPOSED")).hasSize(2);
        assertThat(changes()).isEmpty();
        assertThat(tasks("Decide on remedy")).hasSize(1);
    }

    @Test
    void memory_that_is_no_longer_full_is_left_alone() {
        firesAs(ALERT);
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_limit_that_does_not_help_is_handed_to_a_human() {
        sandbox.play(CRASH_UNTIL_SCALED, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        firesAs(ALERT);
        passes(WATCH);
        decides("alice", "apply");
        passes(Duration.ofMinutes(40));

        assertThat(asked()).contains("not settled");
        endsAs("high-memory-usage", "handedToHuman");
    }

    @Test
    void an_aborted_run_ends_the_watch_and_changes_nothing() {
        loadedUnseen();
        firesAs(ALERT);
        work();
        ends("alice", "notAnIncident");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.NOT_AN_INCIDENT);
    }

    private void killed() {
        sandbox.play(MEMORY_TOO_SMALL, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        firesAs("KubeContainerOOMKilled");
        passes(WATCH);
    }

    private void loaded() {
        loadedUnseen();
        firesAs(ALERT);
        passes(WATCH);
    }

    private void loadedUnseen() {
        sandbox.play(LOAD_IS_HIGH, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
    }

    private void leased() {
        loaded();
        decides("alice", "apply");
        passes(A_WHILE);
        assertThat(replicas(GATEWAY)).isEqualTo(5);
        sandbox.play(HEALTHY_AGAIN, GATEWAY);
    }

    private void pauses() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("paused", true);
        sandbox.patch(new Target("Deployment", Sandbox.NAMESPACE, GATEWAY), body);
    }
}
