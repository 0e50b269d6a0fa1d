package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.StepOutcome;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StepDelegateProcessTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final StepOutcome PAUSED =
            new Refused(RefusalCode.REFUSED, "paused", "The rollout is paused.", "Resume it.");

    private final TestDatabase database = TestDatabase.create();
    private final Incidents incidents = new Incidents(database.jdbc());
    private StepOutcome answer = PAUSED;
    private final StepDelegate step = new StepDelegate(
            "propose",
            call -> answer,
            List.of("proposalId"),
            new StepVariables(incidents, new StepCatalogue(List.of())));
    private final ProcessEngine engine = TestEngine.on(database, engine -> engine.setBeans(Map.of("step", step)));

    @BeforeEach
    void open() {
        incidents.open(
                new Alert(
                        "test",
                        Alert.Status.FIRING,
                        "ab",
                        NOW,
                        new IncidentKey("ServiceDown", "a1-orchestrator", "mcp-gateway"),
                        Severity.CRITICAL,
                        "down",
                        Map.of(),
                        Map.of()),
                NOW);
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("look.bpmn", model())
                .deploy();
    }

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    @Test
    void a_refused_step_goes_the_models_way_though_the_model_maps_what_it_would_have_given() {
        Task person = refuse(new HashMap<>());

        assertThat(engine.getTaskService().getVariables(person.getId()))
                .containsEntry("proposalId", null)
                .containsEntry("lastRefusal", "The rollout is paused. Resume it.");
    }

    @Test
    void what_was_known_before_a_refusal_is_still_known() {
        Task person = refuse(Map.of("proposalId", 7L));

        assertThat(engine.getTaskService().getVariable(person.getId(), "proposalId"))
                .isEqualTo(7L);
    }

    record Found(String proposalId) {}

    @Test
    void what_no_database_stores_is_replaced_in_what_a_step_has_found() {
        answer = new Done(new Found("exit\0 1"), false);

        run(Map.of());

        assertThat(engine.getHistoryService()
                        .createHistoricVariableInstanceQuery()
                        .variableName("proposalId")
                        .list())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.getValue()).isEqualTo("exit\uFFFD 1"));
    }

    private void run(Map<String, Object> known) {
        engine.getRuntimeService().startProcessInstanceByKey("look", "INC-1", known);
        var job = engine.getManagementService().createJobQuery().singleResult();
        engine.getManagementService().executeJob(job.getId());
    }

    private Task refuse(Map<String, Object> known) {
        run(known);
        return engine.getTaskService().createTaskQuery().singleResult();
    }

    private static BpmnModelInstance model() {
        return Bpmn.createExecutableProcess("look")
                .startEvent()
                .serviceTask("propose")
                .camundaAsyncBefore()
                .camundaDelegateExpression("${step}")
                .camundaOutputParameter("proposalId", "${proposalId}")
                .endEvent()
                .moveToActivity("propose")
                .boundaryEvent("refused")
                .error(RefusalCode.REFUSED.code())
                .userTask("person")
                .endEvent()
                .done();
    }
}
