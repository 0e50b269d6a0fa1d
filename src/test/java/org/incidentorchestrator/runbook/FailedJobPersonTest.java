package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailedJobPersonTest {
    @Test
    void a_person_reads_which_step_failed_why_and_what_to_do_in_whole_sentences() {
        String wanted = "Find target has failed and is not tried again: no answer. Mend the cause,";

        assertThat(FailedJobPerson.text("Find target", "no answer")).startsWith(wanted);
        assertThat(FailedJobPerson.text("Find target", "no answer.")).startsWith(wanted);
    }
}
