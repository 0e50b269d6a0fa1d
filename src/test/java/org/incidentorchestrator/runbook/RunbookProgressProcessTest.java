package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.RunbookProgress.Due;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunbookProgressProcessTest {
    private static final IncidentNumber INC_1 = new IncidentNumber(1);

    private final TestDatabase database = TestDatabase.create();
    private final ProcessEngine engine = TestEngine.on(database);
    private final RunbookProgress progress = new RunbookProgress(engine, database.jdbc());

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    @Test
    void tasks_timers_and_steps_of_the_root_and_of_what_it_called_are_found() {
        start("INC-1");
        start("INC-2");

        var found = progress.of(INC_1);

        assertThat(found.tasks()).singleElement().satisfies(task -> {
            assertThat(task.name()).isEqualTo("Respond to incident");
            assertThat(task.groups()).containsExactly("l1", "l2");
            assertThat(task.assignee()).isNull();
        });
        assertThat(found.timers())
                .containsExactly(
                        new Due("Level 2 due", Instant.parse("2030-01-01T00:15:00Z")),
                        new Due("Level 3 due", Instant.parse("2030-01-01T00:45:00Z")));
        assertThat(found.runningSteps()).containsExactly("List pods");
        assertThat(found.failedJobs()).isEmpty();
    }

    @Test
    void a_step_without_retries_is_not_running_but_failed() {
        start("INC-1");
        var step = engine.getManagementService().createJobQuery().messages().singleResult();
        assertThatThrownBy(() -> engine.getManagementService().executeJob(step.getId()))
                .isInstanceOf(ProcessEngineException.class);
        engine.getManagementService().setJobRetries(step.getId(), 0);

        var found = progress.of(INC_1);

        assertThat(found.runningSteps()).isEmpty();
        assertThat(found.failedJobs())
                .singleElement()
                .asString()
                .startsWith("List pods: ")
                .contains("steps");
    }

    @Test
    void a_step_that_failed_says_when_it_is_tried_again() {
        start("INC-1");
        var step = engine.getManagementService().createJobQuery().messages().singleResult();
        assertThatThrownBy(() -> engine.getManagementService().executeJob(step.getId()))
                .isInstanceOf(ProcessEngineException.class);
        var soon =
                Date.from(ClockUtil.getCurrentTime().toInstant().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS));
        engine.getManagementService().setJobDuedate(step.getId(), soon);

        var found = progress.of(INC_1);

        assertThat(found.runningSteps()).isEmpty();
        assertThat(found.timers().get(0)).isEqualTo(new Due("List pods, tried again", soon.toInstant()));
    }

    @Test
    void who_asks_does_not_change_what_is_found_and_stays_who_it_was() {
        start("INC-1");
        engine.getIdentityService().setAuthentication("eve", List.of("auditor"));

        assertThat(progress.of(INC_1).tasks()).hasSize(1);
        assertThat(engine.getIdentityService().getCurrentAuthentication().getUserId())
                .isEqualTo("eve");
    }

    @Test
    void an_incident_without_a_process_has_nothing_before_it() {
        assertThat(progress.of(new IncidentNumber(9))).isEqualTo(RunbookProgress.Progress.NONE);
    }

    private void start(String businessKey) {
        if (engine.getRepositoryService().createDeploymentQuery().count() == 0) {
            engine.getRepositoryService()
                    .createDeployment()
                    .addModelInstance("root.bpmn", root())
                    .addModelInstance("look.bpmn", look())
                    .deploy();
        }
        engine.getRuntimeService().startProcessInstanceByKey("root", businessKey);
    }

    private static BpmnModelInstance root() {
        return Bpmn.createExecutableProcess("root")
                .startEvent()
                .parallelGateway("fork")
                .userTask("respond")
                .name("Respond to incident")
                .camundaCandidateGroups("l2,l1")
                .boundaryEvent("level3")
                .cancelActivity(false)
                .name("Level 3 due")
                .timerWithDate("2030-01-01T00:45:00Z")
                .endEvent()
                .moveToActivity("respond")
                .boundaryEvent("level2")
                .cancelActivity(false)
                .name("Level 2\ndue")
                .timerWithDate("2030-01-01T00:15:00Z")
                .endEvent()
                .moveToActivity("respond")
                .endEvent()
                .moveToNode("fork")
                .callActivity("call")
                .calledElement("look")
                .camundaInBusinessKey("#{execution.processBusinessKey}")
                .endEvent()
                .done();
    }

    private static BpmnModelInstance look() {
        return Bpmn.createExecutableProcess("look")
                .startEvent()
                .serviceTask("listPods")
                .name("List pods")
                .camundaAsyncBefore()
                .camundaDelegateExpression("${steps.listPods}")
                .endEvent()
                .done();
    }
}
