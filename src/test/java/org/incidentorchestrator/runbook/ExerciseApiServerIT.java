package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A game day on a real cluster that may be changed: real incidents change it, the exercise does not. */
@TestPropertySource(properties = "step.mode=EXECUTE")
class ExerciseApiServerIT extends ApiServerScenario {
    @Test
    void an_exercise_is_rehearsed_where_a_real_incident_would_be_executed() {
        cluster.crashesUntilRestarted("exercised");
        var before = cluster.deployment("exercised");
        plays("exercised");
        decides("Restart", "apply");

        awaitTold("RUNBOOK_ENDED", "rehearsed");
        assertThat(ledger()).containsExactly("REHEARSED");
        assertNothingSent();
        assertThat(cluster.deployment("exercised")).isEqualTo(before);
        assertThat(jdbc.sql("select target from target_lock")
                        .query(String.class)
                        .list())
                .as("a rehearsal hinders nobody")
                .isEmpty();
        assertThat(told("PAGED")).containsExactly("EXERCISE: would have paged L1 Platform Engineer");

        fires("exercised");
        decides("Restart", "apply");

        awaitTold("STEP_APPLIED", "estart");
        assertThat(incident().exercise()).isFalse();
        assertThat(ledger()).contains("APPLIED");
    }
}
