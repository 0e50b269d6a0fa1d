package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A person aborts a run: it changes nothing more, and its incident goes on. */
class AbortProcessTest extends RunbookScenario {
    @Autowired
    private RunAbort runs;

    @Test
    void an_aborted_run_hands_over_and_the_incident_stays_open_with_its_ladder() {
        breaks(NEVER_HEALTHY);
        work();
        aborts();

        assertThat(taskNames()).containsExactly("Respond to incident");
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook service-down ended: handedToHuman");
        assertThat(incident().open()).isTrue();
        assertThat(incident().firing()).isTrue();
        assertThat(changes()).isEmpty();
        passes(Duration.ofMinutes(15));
        assertThat(told("PAGED")).hasSize(2);
        ends("alice", "resolved");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_PERSON);
    }

    @Test
    void what_was_accepted_and_not_begun_is_refused() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        answers("alice", "apply");
        aborts();

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_REFUSED")).isNotEmpty().allMatch(refusal -> refusal.contains("data was being moved"));
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook service-down ended: handedToHuman");
    }

    @Test
    void what_was_sent_before_is_watched_to_its_end_and_closes_nothing() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "apply");
        assertThat(changes()).hasSize(1);
        aborts();
        passes(Duration.ofMinutes(5));

        assertThat(changes()).hasSize(1);
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook service-down ended: handedToHuman");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void the_pagers_resolve_closes_an_aborted_one_as_any_other() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "apply");
        aborts();
        passes(Duration.ofMinutes(5));
        resolves();
        passes(Duration.ofMinutes(5));

        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
    }

    @Test
    void a_second_abort_is_refused_and_names_the_first() {
        breaks(NEVER_HEALTHY);
        work();
        aborts();

        assertThat(runs.abort(incident().number(), "carol", "me too"))
                .hasValueSatisfying(why -> assertThat(why).contains("bob aborted its run", "data was being moved"));
        assertThat(told("RUN_ABORTED")).hasSize(1);
    }

    @Test
    void a_responder_aborts_from_tasklist_and_still_has_the_incident() {
        breaks(NEVER_HEALTHY);
        work();
        claims("bob", "Respond to incident");
        responds("bob", "abort");

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook service-down ended: handedToHuman");
        assertThat(told("RUN_ABORTED"))
                .containsExactly("bob aborted the run: data was being moved; nothing more is changed for it");
        assertThat(changes()).isEmpty();
        assertThat(incident().open()).isTrue();
        assertThat(incident().takenBy()).contains("bob");
        assertThat(taskNames()).containsExactly("Respond to incident");
        assertThat(task("Respond to incident").getAssignee()).isEqualTo("bob");
    }

    @Test
    void a_second_abort_from_tasklist_is_refused_and_changes_nothing() {
        breaks(NEVER_HEALTHY);
        work();
        claims("bob", "Respond to incident");
        responds("bob", "abort");
        String task = task("Respond to incident").getId();

        assertThatThrownBy(() -> responds("bob", "abort"))
                .hasMessageContaining("bob aborted its run")
                .hasMessageContaining("data was being moved");
        assertThat(told("RUN_ABORTED")).hasSize(1);
        assertThat(task("Respond to incident").getId()).isEqualTo(task);
        assertThat(incident().takenBy()).contains("bob");
    }

    @Test
    void an_abort_from_tasklist_needs_a_reason() {
        breaks(NEVER_HEALTHY);
        work();
        claims("bob", "Respond to incident");

        assertThatThrownBy(() -> answers("bob", "Respond to incident", Map.of("action", "abort", "reason", " ")))
                .hasMessageContaining("'reason'");
        assertThat(told("RUN_ABORTED")).isEmpty();
    }

    @Test
    void what_has_ended_cannot_be_aborted() {
        breaks(NEVER_HEALTHY);
        work();
        ends("alice", "notAnIncident");

        assertThat(runs.abort(incident().number(), "bob", "too late"))
                .hasValueSatisfying(why -> assertThat(why).contains("is closed since"));
        assertThat(told("RUN_ABORTED")).isEmpty();
    }

    @Test
    void one_that_comes_back_runs_again() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        aborts();
        ends("alice", "notAnIncident");
        passes(Duration.ofMinutes(1));
        startsAnew();
        fires();
        work();

        assertThat(incident().aborted()).isFalse();
        assertThat(taskNames()).contains("Decide on remedy");
    }

    private void responds(String person, String action) {
        answers(person, "Respond to incident", Map.of("action", action, "reason", "data was being moved"));
        work();
    }

    private void aborts() {
        assertThat(runs.abort(incident().number(), "bob", "data was being moved"))
                .isEmpty();
        work();
    }
}
