package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.MEMORY_LEAKS;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;

/** A workload whose memory grows. Each test fails when its remedy is taken out of the model. */
class MemoryLeakProcessTest extends UsageScenario {
    private static final String ALERT = "MemoryLeak";
    private static final Duration WATCH = Duration.ofMinutes(9);

    @Test
    void a_leak_is_restarted_with_its_plot_kept_and_the_follow_up_stays() {
        leaks();
        assertThat(tasks("Decide on remedy")).hasSize(1);
        assertThat(told("STEP_LOOKED").stream().filter(look -> look.contains("is growing")))
                .hasSizeGreaterThan(5);
        assertThat(kept("%-memory.svg")).isPositive();
        assertThat(kept("%-tmp.txt"))
                .as("the list of dumps, before the restart")
                .isPositive();

        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(DEPLOYMENT + GATEWAY);
        assertThat(told("STEP_APPLIED")).singleElement().asString().contains("restartWorkload");
        assertThat(asked()).contains("the leak persists");
        endsAs("memory-leak", "resolved");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(taskNames()).singleElement().asString().contains("Follow-up");
    }

    @Test
    void memory_that_does_not_grow_is_a_human_s_to_judge() {
        firesAs(ALERT);
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_PROPOSED")).isEmpty();
        assertThat(asked()).contains("not settled");
        endsAs("memory-leak", "handedToHuman");
    }

    @Test
    void an_alert_that_ends_while_memory_is_watched_ends_the_watch_and_changes_nothing() {
        sandbox.play(MEMORY_LEAKS, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        firesAs(ALERT);
        passes(Duration.ofMinutes(3));
        resolvesAs(ALERT);
        passes(Duration.ofMinutes(5));

        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
    }

    @Test
    void a_responder_who_skips_the_restart_has_it() {
        leaks();
        decides("alice", "skip");

        assertThat(changes()).isEmpty();
        endsAs("memory-leak", "handedToHuman");
    }

    @Test
    void looking_again_proposes_the_restart_anew() {
        leaks();
        decides("alice", "lookAgain");
        assertThat(told("STEP_PROPOSED")).hasSize(2);
        decides("alice", "apply");
        passes(A_WHILE);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void an_alert_that_ends_between_the_decision_and_the_restart_changes_nothing() {
        leaks();
        answers("alice", "apply");
        resolvesAs(ALERT);
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
    }

    @Test
    void a_person_who_ends_the_incident_while_usage_is_watched_ends_the_runbook_too() {
        leaks();
        decides("alice", "apply");
        passesUntil("verify-usage");
        ends("alice", "continuedElsewhere");
        passes(Duration.ofMinutes(5));

        endsAs("memory-leak", "handedToHuman");
        assertThat(incident().outcome()).isEqualTo(Outcome.CONTINUED_ELSEWHERE);
    }

    @Test
    void a_workload_that_uses_less_after_the_restart_and_is_not_well_is_handed_to_a_human() {
        leaks();
        decides("alice", "apply");
        passesUntil("verify-recovery");
        sandbox.play(NEVER_HEALTHY, GATEWAY);
        passes(Duration.ofMinutes(40));

        assertThat(asked()).contains("not settled");
        endsAs("memory-leak", "handedToHuman");
    }

    private void leaks() {
        sandbox.play(MEMORY_LEAKS, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        firesAs(ALERT);
        passes(WATCH);
    }

    private int kept(String name) {
        return jdbc.sql("select count(*) from artefact where name like :name")
                .param("name", name)
                .query(Integer.class)
                .single();
    }
}
