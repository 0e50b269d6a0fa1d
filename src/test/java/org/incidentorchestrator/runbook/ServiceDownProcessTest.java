package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.API_UNREACHABLE;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_SCALED;
import static org.incidentorchestrator.sandbox.Scenario.HEALTHY_AGAIN;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;
import static org.incidentorchestrator.sandbox.Scenario.ONE_BAD_POD;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;

/** A service that is down, from its alert to its closing. Each test fails when its remedy is taken out of the model. */
class ServiceDownProcessTest extends RunbookScenario {
    private static final Duration A_WHILE = Duration.ofMinutes(20);
    private static final String RESTART = "patch Deployment/a1-orchestrator/mcp-gateway";

    @Test
    void a_crashing_service_is_solved_by_a_restart_and_the_incident_closes_by_itself() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        assertThat(taskNames()).containsExactly("Decide on remedy", "Respond to incident");

        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(RESTART);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(incident().acknowledgedBy()).isEqualTo("alice");
        assertThat(taskNames()).isEmpty();
        assertThat(record())
                .containsSubsequence(
                        "INCIDENT_OPENED",
                        "PAGED",
                        "RUNBOOK_STARTED",
                        "STEP_PROPOSED",
                        "ACKNOWLEDGED",
                        "DECIDED",
                        "STEP_INTENT",
                        "STEP_APPLIED",
                        "RUNBOOK_ENDED",
                        "INCIDENT_CLOSED");
    }

    @Test
    void an_overloaded_service_is_solved_by_scaling_once_the_restart_has_not_helped() {
        breaks(CRASH_UNTIL_SCALED);
        work();
        decides("alice", "apply");
        passes(A_WHILE);

        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).hasSize(2);
        assertThat(told("STEP_APPLIED").get(1)).contains("scaleWorkload");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void who_scaled_it_otherwise_meanwhile_is_told_to_whoever_decides_on_the_next_remedy() {
        breaks(ONE_BAD_POD);
        work();
        decides("alice", "skip");
        decides("alice", "apply");
        somebodyScalesTo(4);
        passes(A_WHILE);

        assertThat(engine.getTaskService().getVariable(task("Decide on remedy").getId(), "causeText"))
                .asString()
                .contains("was set to 3 and is 4", "kubectl");
    }

    @Test
    void one_bad_pod_is_solved_by_replacing_it() {
        breaks(ONE_BAD_POD);
        work();
        decides("alice", "skip");
        decides("alice", "skip");
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).hasSize(1);
        assertThat(changes().get(0)).startsWith("evict Pod/a1-orchestrator/mcp-gateway-");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_service_that_no_remedy_helps_is_handed_to_a_human_and_stays_open() {
        breaks(NEVER_HEALTHY);
        work();
        for (int rung = 0; rung < 10 && !tasks("Decide on remedy").isEmpty(); rung++) {
            decides("alice", "apply");
            passes(A_WHILE);
        }

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook service-down ended: handedToHuman");
        assertThat(incident().open()).isTrue();
        assertThat(taskNames()).contains("Respond to incident");

        ends("alice", "resolved");
        passes(A_WHILE);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_PERSON);
    }

    @Test
    void a_responder_who_hands_over_changes_nothing() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "handOver");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook service-down ended: handedToHuman");
    }

    @Test
    void what_changed_between_proposal_and_act_is_proposed_anew() {
        breaks(CRASH_UNTIL_SCALED);
        work();
        somebodyRestartsWith(2);
        passesUnseen(Duration.ofMinutes(12));

        decides("alice", "apply");

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_PROPOSED")).hasSize(2);
        assertThat(told("STEP_REFUSED")).singleElement().asString().contains("no longer what would be done");
        assertThat(task("Decide on remedy").getAssignee()).isNull();
    }

    @Test
    void looking_again_proposes_the_same_remedy_as_of_now() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "lookAgain");

        assertThat(told("STEP_PROPOSED")).hasSize(2);
        assertThat(changes()).isEmpty();
        decides("alice", "apply");
        passes(A_WHILE);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void resolved_while_a_responder_decides_closes_once_the_service_is_seen_well() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        sandbox.play(HEALTHY_AGAIN, GATEWAY);
        passes(Duration.ofMinutes(1));

        resolves();
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
    }

    @Test
    void resolved_by_the_pager_while_the_service_is_still_down_asks_a_person() {
        breaks(NEVER_HEALTHY);
        work();

        resolves();
        passes(Duration.ofMinutes(15));

        assertThat(incident().open()).isTrue();
        assertThat(record()).contains("PERSON_NEEDED");
        assertThat(taskNames()).contains("Respond to incident");
    }

    @Test
    void resolved_between_the_decision_and_the_act_changes_nothing() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        answers("alice", "apply");

        resolves();
        work();

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_REFUSED")).singleElement().asString().contains("nothing more is changed for it");
    }

    @Test
    void resolved_during_the_rollout_still_verifies() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "apply");

        resolves();
        passes(A_WHILE);

        assertThat(changes()).hasSize(1);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
    }

    @Test
    void resolved_after_it_was_handed_to_a_human_closes_it_when_the_service_is_well() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "handOver");
        sandbox.play(HEALTHY_AGAIN, GATEWAY);
        passes(Duration.ofMinutes(1));

        resolves();
        passes(A_WHILE);

        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
        assertThat(taskNames()).isEmpty();
    }

    @Test
    void a_person_may_end_it_while_the_runbook_asks() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();

        ends("alice", "notAnIncident");
        passes(A_WHILE);

        assertThat(incident().outcome()).isEqualTo(Outcome.NOT_AN_INCIDENT);
        assertThat(changes()).isEmpty();
        assertThat(taskNames()).isEmpty();
    }

    @Test
    void a_service_that_is_well_when_we_look_is_not_touched() {
        fires();
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void an_alert_without_a_known_target_goes_to_a_human() {
        sandbox.delete(new Target("Deployment", Sandbox.NAMESPACE, "mcp-tracehub"));
        firesFor("mcp-tracehub");
        passes(A_WHILE);

        assertThat(incident().runbook()).isEqualTo("unknown-alert");
        assertThat(incident().open()).isTrue();
        assertThat(taskNames()).containsExactly("Respond to incident");
    }

    @Test
    void an_autoscaled_service_is_scaled_by_its_autoscaler_and_a_guarded_pod_is_not_forced() {
        breaks("mcp-policy-proxy", NEVER_HEALTHY);
        work();
        decides("alice", "skip");
        assertThat(told("STEP_PROPOSED").get(1)).contains("minReplicas of HorizontalPodAutoscaler");
        decides("alice", "skip");

        assertThat(told("STEP_REFUSED").get(0)).contains("PodDisruptionBudget mcp-policy-proxy");
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook service-down ended: handedToHuman");
        assertThat(changes()).isEmpty();
    }

    @Test
    void a_paused_rollout_is_not_restarted() {
        breaks(CRASH_UNTIL_RESTARTED);
        somebodyPauses();
        work();

        assertThat(told("STEP_REFUSED").get(0)).contains("paused");
        assertThat(changes()).isEmpty();
    }

    @Test
    void the_global_stop_refuses_every_change_and_paging_goes_on() {
        stops("bob", "data centre move");
        try {
            breaks(CRASH_UNTIL_RESTARTED);
            passes(Duration.ofMinutes(15));

            assertThat(told("STEP_REFUSED")).isNotEmpty().allMatch(refusal -> refusal.contains("data centre move"));
            assertThat(told("STEP_PROPOSED")).isEmpty();
            assertThat(told("PAGED")).hasSize(2);
        } finally {
            lifts("bob");
        }
    }

    @Test
    void an_api_server_that_does_not_answer_is_tried_again_and_a_person_told() {
        breaks(CRASH_UNTIL_RESTARTED);
        standsAlone();
        sandbox.play(API_UNREACHABLE, "");
        passes(Duration.ofMinutes(15));

        assertThat(record()).contains("STEP_FAILED", "PERSON_NEEDED");
        assertThat(told("PERSON_NEEDED"))
                .singleElement()
                .asString()
                .contains("has got no answer from the cluster so far, and is tried again every 2m");
        assertThat(told("PAGED")).as("the ladder keeps its time").hasSize(2);
        assertThat(taskNames()).contains("Respond to incident");
    }

    @Test
    void an_api_server_that_comes_back_after_all_retries_were_spent_is_gone_on_with_and_nobody_has_to_start_it() {
        breaks(CRASH_UNTIL_RESTARTED);
        standsAlone();
        sandbox.play(API_UNREACHABLE, "");
        passes(Duration.ofMinutes(15));
        assertThat(taskNames()).hasSize(2).doesNotContain("Decide on remedy");
        sandbox.play(HEALTHY_AGAIN, "");
        sandbox.play(CRASH_UNTIL_RESTARTED, GATEWAY);
        passes(Duration.ofMinutes(3));

        assertThat(told("PERSON_NOT_NEEDED")).containsExactly("Find target has gone through, or is tried again.");
        assertThat(taskNames()).containsExactly("Decide on remedy", "Respond to incident");
        decides("alice", "apply");
        passes(A_WHILE);
        assertThat(changes()).containsExactly(RESTART);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void an_api_server_that_comes_back_in_time_costs_nothing_but_the_time() {
        breaks(CRASH_UNTIL_RESTARTED);
        sandbox.play(API_UNREACHABLE, "");
        passes(Duration.ofSeconds(20));
        sandbox.play(HEALTHY_AGAIN, "");
        sandbox.play(CRASH_UNTIL_RESTARTED, GATEWAY);
        passes(Duration.ofMinutes(3));

        decides("alice", "apply");
        passes(A_WHILE);
        assertThat(changes()).containsExactly(RESTART);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void an_answer_that_is_lost_does_not_make_the_change_twice() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        sandbox.loseNextAnswer();

        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(RESTART);
        assertThat(told("STEP_APPLIED")).singleElement().asString().contains("the answer was lost");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void two_incidents_of_one_service_do_not_change_it_at_the_same_time() {
        breaks(NEVER_HEALTHY);
        work();
        decides("alice", "apply");
        firesAs("KubePodCrashLooping");
        passes(Duration.ofMinutes(3));

        assertThat(changes()).hasSize(1);
    }

    @Test
    void the_same_alert_again_after_the_closing_reopens_the_incident_under_its_number() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "apply");
        passes(A_WHILE);
        var first = incident();

        startsAnew();
        breaks(CRASH_UNTIL_RESTARTED);
        work();

        assertThat(incident().number()).isEqualTo(first.number());
        assertThat(incident().open()).isTrue();
        assertThat(incident().acknowledgedBy()).isNull();
        assertThat(record()).contains("INCIDENT_REOPENED");
        assertThat(taskNames()).containsExactly("Decide on remedy", "Respond to incident");
    }

    private void somebodyScalesTo(int replicas) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("replicas", replicas);
        sandbox.patch(new Target("Deployment", Sandbox.NAMESPACE, GATEWAY), body);
    }

    private void somebodyPauses() {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("paused", true);
        sandbox.patch(new Target("Deployment", Sandbox.NAMESPACE, GATEWAY), body);
    }
}
