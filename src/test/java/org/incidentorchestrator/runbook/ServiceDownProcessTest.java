package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_SCALED;
import static org.incidentorchestrator.sandbox.Scenario.HEALTHY_AGAIN;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;
import static org.incidentorchestrator.sandbox.Scenario.ONE_BAD_POD;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        somebodyRestarts();

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

    private void somebodyRestarts() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec")
                .putObject("template")
                .putObject("metadata")
                .putObject("annotations")
                .put("kubectl.kubernetes.io/restartedAt", now().toString());
        sandbox.patch(new Target("Deployment", Sandbox.NAMESPACE, GATEWAY), body);
        passesUnseen(Duration.ofMinutes(3));
    }
}
