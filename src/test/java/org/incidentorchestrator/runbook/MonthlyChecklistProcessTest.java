package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What monthly-checklist runs by itself (runbook N03, N04) on a machine that keeps back-ups: verify-backup and
 * rehearse-recovery, by run-procedure.
 */
class MonthlyChecklistProcessTest extends RecoveryScenario {
    @BeforeEach
    void aBackUpIsKept() {
        firesAs("ConfigurationBackup");
        begins("configuration-backup", Map.of());
        passesUnseen(Duration.ofSeconds(1));
    }

    @Test
    void back_ups_that_are_sound_and_a_recovery_that_could_be_done_need_nobody() {
        isWorked();

        assertThat(outcome()).isEqualTo("checklistWorked");
        assertThat(notes())
                .containsExactly(
                        "N03 Back-up verification: done: verify-backup",
                        "N04 Disaster recovery rehearsal: done: rehearse-recovery, rehearsed: nothing was changed");
        assertThat(changes()).isEmpty();
        assertThat(ran()).isEmpty();
    }

    @Test
    void a_back_up_that_no_key_opens_is_read_by_a_person() {
        theKeyIs(anotherKey());
        isWorked();

        assertThat(taskNames()).contains("Read back-up");
        answers("alice", "Read back-up", Map.of("backupAnswer", "handOver", "settledNote", "the key is another one"));
        work();
        assertThat(notes())
                .containsExactly("N03 Back-up verification: left half done: verify-backup was handed to a human");
    }

    /** What people do by hand is done. */
    private void isWorked() {
        begins("monthly-checklist", Map.of("checklist", "[]"));
        for (String item : List.of("N01 K3s version updates", "N02 Platform component updates")) {
            answers("alice", item, Map.of("itemAnswer", "done", "settledNote", ""));
            work();
        }
        passesUnseen(Duration.ofSeconds(1));
    }

    private List<String> notes() {
        return told("NOTE").stream()
                .filter(note -> note.startsWith("N03") || note.startsWith("N04"))
                .toList();
    }
}
