package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.runbook.Declared.Conflict;
import org.incidentorchestrator.runbook.Declared.Invalid;
import org.incidentorchestrator.runbook.Declared.Opened;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What people and the calendar begin has a record like an incident, and pages nobody until it needs people. */
class PlannedWorkProcessTest extends RunbookScenario {
    @Autowired
    private Declarations declarations;

    @Autowired
    private Runbooks runbooks;

    @Test
    void what_is_wrong_with_it_is_said_at_once_and_nothing_is_begun() {
        Declaration nameless = Declaration.ofProcedure("service-down", "", "", "x");

        assertThat(declarations.declare(nameless, "alice", Optional.empty()))
                .isInstanceOfSatisfying(Invalid.class, invalid -> assertThat(invalid.faults())
                        .hasSize(3)
                        .anyMatch(fault -> fault.startsWith("runbook is 'service-down'; a procedure needs a procedure"))
                        .anyMatch(fault -> fault.startsWith("namespace is ''")));
        as("carol", () -> assertThatThrownBy(() -> submit(
                        Map.of("procedure", "weekly-maintenance", "namespace", "Not A Namespace", "summary", "now")))
                .hasMessageContaining("namespace is 'Not A Namespace'"));
    }

    @Test
    void the_form_offers_every_procedure_that_there_is_and_no_other() throws Exception {
        var form = new ObjectMapper()
                .readTree(Path.of("forms/begin-procedure.form").toFile());
        for (var component : form.get("components")) {
            if ("procedure".equals(component.path("key").asText())) {
                assertThat(component.get("values").findValuesAsText("value"))
                        .containsExactlyInAnyOrderElementsOf(runbooks.procedures());
            }
        }
        assertThat(form.findValuesAsText("key")).containsExactlyInAnyOrderElementsOf(IncidentWords.PROCEDURE);
    }

    @Test
    void planned_work_is_on_record_and_pages_nobody() {
        Incident begun = begin("deployment", "");
        work();

        assertThat(begun.severity()).isEqualTo(Severity.INFO);
        assertThat(begun.key()).hasToString("PlannedDeployment on a1-orchestrator");
        assertThat(kinds(begun)).contains("INCIDENT_OPENED", "RUNBOOK_STARTED").doesNotContain("PAGED");
        assertThat(taskNames()).doesNotContain("Respond to incident").isNotEmpty();
        assertThat(engine.getTaskService()
                        .createTaskQuery()
                        .processInstanceBusinessKey(begun.number().toString())
                        .list())
                .as("nobody is paged for it")
                .allMatch(task -> task.getDueDate() == null);
    }

    @Test
    void the_form_of_tasklist_begins_a_procedure_in_the_name_of_who_sends_it() {
        as(
                "carol",
                () -> submit(Map.of(
                        "procedure", "planned-deployment",
                        "namespace", Sandbox.NAMESPACE,
                        "workload", "",
                        "summary", "the release of this week")));

        assertThat(latest().declaredBy()).isEqualTo("carol");
        assertThat(latest().runbook()).isEqualTo("planned-deployment");
    }

    @Test
    void the_same_work_is_not_begun_twice() {
        Incident first = begin("deployment", "");

        Declared second = declarations.declare(
                new Declaration("deployment", Sandbox.NAMESPACE, "", "", "the same again", ""),
                "bob",
                Optional.empty());

        assertThat(second).isInstanceOfSatisfying(Conflict.class, conflict -> assertThat(
                        conflict.incident().number())
                .isEqualTo(first.number()));
    }

    private Incident begin(String kind, String runbook) {
        Declared begun = declarations.declare(
                new Declaration(kind, Sandbox.NAMESPACE, "", "", "the release of this week", runbook),
                "alice",
                Optional.empty());
        assertThat(begun).isInstanceOf(Opened.class);
        return ((Opened) begun).incident();
    }

    private Incident latest() {
        return incidents.list(Incidents.Listed.ALL, null, 1).get(0);
    }

    private List<String> kinds(Incident incident) {
        return jdbc.sql("select kind from evidence where incident = :incident order by id")
                .param("incident", incident.number().value())
                .query(String.class)
                .list();
    }

    private void submit(Map<String, Object> fields) {
        String definition = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey("begin-procedure")
                .latestVersion()
                .singleResult()
                .getId();
        engine.getFormService().submitStartForm(definition, null, new HashMap<>(fields));
    }
}
