package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailedJobPersonProcessTest {
    private static final JavaDelegate FAULT = execution -> {
        throw new StepFault("Could not patch: forbidden. Grant the right.", null);
    };

    private final List<PersonNeeded> asked = new ArrayList<>();
    private final List<PersonNotNeeded> settled = new ArrayList<>();
    private final FailedJobPerson person = new FailedJobPerson(this::heard);
    private final TestDatabase database = TestDatabase.create();
    private final ProcessEngine engine = TestEngine.on(database, rules -> {
        rules.setBeans(Map.of("step", FAULT));
        rules.setFailedJobCommandFactory(
                (job, exception) -> new StepJobRetry(job, exception, person, Duration.ofMinutes(2)));
        rules.setCustomIncidentHandlers(List.of(person));
    });

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    private void heard(Object event) {
        if (event instanceof PersonNeeded needed) {
            asked.add(needed);
        } else {
            settled.add((PersonNotNeeded) event);
        }
    }

    @Test
    void a_person_reads_which_step_failed_why_and_what_to_do_in_whole_sentences() {
        Job job = started();

        assertThatThrownBy(() -> engine.getManagementService().executeJob(job.getId()))
                .isInstanceOf(StepFault.class);

        assertThat(asked).singleElement().satisfies(person -> {
            assertThat(person.toString())
                    .contains("Restart workload has failed and is not tried again: Could not patch: forbidden. Grant"
                            + " the right. Mend the cause,");
            assertThat(person.incident()).hasValue(new IncidentNumber(1));
        });
    }

    @Test
    void a_job_of_no_model_is_told_as_the_engines_own() {
        Job job = engine.getHistoryService().cleanUpHistoryAsync(true);

        engine.getManagementService().setJobRetries(job.getId(), 0);

        assertThat(asked).singleElement().satisfies(person -> {
            assertThat(person.toString()).contains("A job of the engine itself has failed and is not tried again");
            assertThat(person.incident()).isEmpty();
        });
    }

    @Test
    void nobody_is_needed_any_more_once_the_job_is_tried_again_or_its_process_has_ended() {
        Job job = started();
        assertThatThrownBy(() -> engine.getManagementService().executeJob(job.getId()));

        engine.getManagementService().setJobRetries(job.getId(), 1);
        assertThat(settled).singleElement().satisfies(person -> {
            assertThat(person.reason()).isEqualTo("Restart workload has gone through, or is tried again.");
            assertThat(person.subject()).isEqualTo(asked.get(0).subject());
            assertThat(person.incident()).hasValue(new IncidentNumber(1));
        });

        engine.getRuntimeService().deleteProcessInstance(job.getProcessInstanceId(), "done by hand");
        assertThat(settled).hasSize(2).last().satisfies(person -> assertThat(person.reason())
                .contains("is not to be done any more"));
    }

    private Job started() {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "act.bpmn",
                        Bpmn.createExecutableProcess("act")
                                .startEvent()
                                .serviceTask("serviceTask_restart")
                                .name("Restart\nworkload")
                                .camundaAsyncBefore()
                                .camundaDelegateExpression("${step}")
                                .endEvent()
                                .done())
                .deploy();
        engine.getRuntimeService().startProcessInstanceByKey("act", "INC-1");
        return engine.getManagementService().createJobQuery().singleResult();
    }
}
