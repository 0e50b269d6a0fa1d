package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import org.camunda.bpm.engine.runtime.Job;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;

/** How an incident ends that no runbook has resolved. */
class RespondToIncidentProcessTest extends RunbookScenario {
    @Test
    void the_pagers_word_is_taken_where_there_is_no_workload_to_look_at() {
        firesFor("not-there");
        passes(Duration.ofMinutes(1));
        resolvesFor("not-there");
        passes(Duration.ofMinutes(1));

        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
        assertThat(taskNames()).isEmpty();
    }

    @Test
    void a_person_who_ends_it_while_the_word_of_the_pager_is_doubted_has_the_last_one() {
        breaks(NEVER_HEALTHY);
        work();
        resolves();
        passesUntilDue("serviceTask_askPerson");
        ends("alice", "resolved");
        passes(Duration.ofMinutes(1));

        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_PERSON);
        assertThat(tasks("Respond to incident")).isEmpty();
    }

    /** All that is due is done until this is; it is not. */
    private void passesUntilDue(String element) {
        for (int round = 0; round < 200 && isDue(element) == null; round++) {
            Job next = executable().stream().findFirst().orElse(null);
            if (next == null) {
                passesUnseen(Duration.ofSeconds(5));
            } else {
                execute(next);
            }
        }
        assertThat(isDue(element)).as("the job of %s", element).isNotNull();
    }

    private Job isDue(String element) {
        return executable().stream()
                .filter(job -> engine.getManagementService()
                                .createJobDefinitionQuery()
                                .jobDefinitionId(job.getJobDefinitionId())
                                .activityIdIn(element)
                                .count()
                        > 0)
                .findFirst()
                .orElse(null);
    }
}
