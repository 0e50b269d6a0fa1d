package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
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

    private void aborts() {
        assertThat(runs.abort(incident().number(), "bob", "data was being moved"))
                .isEmpty();
        work();
    }
}
