package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A rehearsal goes the whole way to the first change, asks the API server, and changes nothing. */
@TestPropertySource(
        properties = {
            "step.mode=REHEARSE",
            "spring.datasource.url=jdbc:h2:mem:rehearsal;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class RehearsalProcessTest extends RunbookScenario {
    @Autowired
    private Declarations declarations;

    @Test
    void a_rehearsed_remedy_changes_nothing_and_leaves_incident_task_and_ladder_open() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "apply");
        givesBack("Respond to incident");
        passes(Duration.ofMinutes(15));

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_REHEARSED")).hasSize(1);
        assertThat(told("STEP_PROPOSED"))
                .as("the ladder of remedies stops after its first rung")
                .hasSize(1);
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook service-down ended: rehearsed");
        assertThat(incident().open()).isTrue();
        assertThat(taskNames()).containsExactly("Respond to incident");
        assertThat(told("PAGED"))
                .as("given back, it is paged again from the level that it had reached")
                .containsExactly(
                        "paged L1 Platform Engineer",
                        "paged L1 Platform Engineer",
                        "paged L2 Senior Platform Engineer");
    }

    @Test
    void an_exercise_that_is_rehearsed_changes_nothing_and_holds_no_target() {
        sandbox.play(CRASH_UNTIL_RESTARTED, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        Declared declared = declarations.declare(
                new Declaration("incident", Sandbox.NAMESPACE, GATEWAY, "", "a game day", "service-down", true),
                "alice",
                Optional.empty());
        work();
        answers("bob", "EXERCISE: Decide on remedy", Map.of("decision", "apply", "decisionNote", ""));
        work();

        assertThat(declared).isInstanceOf(Declared.Opened.class);
        assertThat(changes()).isEmpty();
        assertThat(jdbc.sql("select target from target_lock")
                        .query(String.class)
                        .list())
                .isEmpty();
        assertThat(taskNames()).containsExactly("EXERCISE: Respond to incident");
    }

    @ParameterizedTest
    @CsvSource({
        "KubePodNotScheduled, pod-stuck-pending",
        "ServiceUnreachable, service-unreachable",
        "HighErrorRate, high-error-rate",
        "SlowResponseTimes, slow-response-times",
    })
    void a_diagnosis_whose_suggested_runbook_is_rehearsed_is_rehearsed(String alert, String runbook) {
        sandbox.play(CRASH_UNTIL_RESTARTED, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        firesAs(alert);
        work();
        answers("alice", "Decide on next step", Map.of("decision", "apply", "decisionNote", ""));
        work();
        decides("alice", "apply");

        assertThat(changes()).isEmpty();
        assertThat(told("RUNBOOK_ENDED"))
                .containsExactly("runbook service-down ended: rehearsed", "runbook " + runbook + " ended: rehearsed");
        assertThat(incident().open()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"SuspectedBreach", "PolicyViolation"})
    void a_rehearsed_isolation_isolates_nothing_and_ends_rehearsed(String alert) {
        firesAs(alert);
        work();
        if (alert.equals("PolicyViolation")) {
            answers(
                    "alice",
                    "Triage violations",
                    Map.of("triage", "breach", "settledNote", "to see what would be done"));
            work();
        }
        claims("approver", "Approve change");
        answers(
                "approver",
                "Approve change",
                Map.of("approvalAnswer", "approve", "approvalReason", "seen", "approvalAlternative", ""));
        passes(Duration.ofMinutes(3));

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_REHEARSED")).isNotEmpty();
        assertThat(told("RUNBOOK_ENDED")).last().asString().endsWith("ended: rehearsed");
        assertThat(incident().open()).isTrue();
    }
}
