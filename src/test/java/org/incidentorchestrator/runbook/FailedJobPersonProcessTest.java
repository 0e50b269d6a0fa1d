package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailedJobPersonProcessTest {
    private static final JavaDelegate FAULT = execution -> {
        throw new StepFault("Could not patch: forbidden. Grant the right.", null);
    };

    private final List<PersonNeeded> asked = new ArrayList<>();
    private final FailedJobPerson person = new FailedJobPerson(event -> asked.add((PersonNeeded) event));
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

    @Test
    void a_person_reads_which_step_failed_why_and_what_to_do_in_whole_sentences() {
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
        var job = engine.getManagementService().createJobQuery().singleResult();

        assertThatThrownBy(() -> engine.getManagementService().executeJob(job.getId()))
                .isInstanceOf(StepFault.class);

        assertThat(asked).singleElement().satisfies(person -> {
            assertThat(person.toString())
                    .contains("Restart workload has failed and is not tried again: Could not patch: forbidden. Grant"
                            + " the right. Mend the cause,");
            assertThat(person.incident()).hasValue(new IncidentNumber(1));
        });
    }
}
