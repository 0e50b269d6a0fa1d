package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.runbook.Declared.Conflict;
import org.incidentorchestrator.runbook.Declared.Invalid;
import org.incidentorchestrator.runbook.Declared.Opened;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a person declares is an incident like one that an alert opens, and only a person or its runbook ends it. */
class DeclareProcessTest extends RunbookScenario {
    @Autowired
    private Declarations declarations;

    @Autowired
    private MaintenanceCalendar calendar;

    @Test
    void a_declared_incident_pages_and_goes_to_people_with_the_declarer_on_the_record() {
        Incident declared = declare(declaration("incident", GATEWAY, ""), Optional.empty());
        work();

        assertThat(declared.declaredBy()).isEqualTo("alice");
        assertThat(taskNames()).containsExactly("Respond to incident");
        assertThat(summaries(declared, "PAGED")).hasSize(1);
        assertThat(summaries(declared, "INCIDENT_OPENED").get(0))
                .contains("alice declared: DeclaredIncident on a1-orchestrator/mcp-gateway, critical");
        assertThat(summaries(declared, "RUNBOOK_STARTED").get(0)).contains("unknown-alert");
    }

    @Test
    void a_chosen_runbook_is_worked_and_its_end_closes_the_incident() {
        sandbox.play(CRASH_UNTIL_RESTARTED, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        Incident declared = declare(declaration("incident", GATEWAY, "service-down"), Optional.empty());
        work();
        assertThat(incidents.get(declared.number()).runbook()).isEqualTo("service-down");

        decides("bob", "apply");
        passes(Duration.ofMinutes(5));

        assertThat(incidents.get(declared.number()).outcome()).isEqualTo(Incident.Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_chosen_runbook_is_not_begun_on_what_is_not_there() {
        Incident declared = declare(declaration("incident", "no-such-workload", "service-down"), Optional.empty());
        work();

        assertThat(summaries(declared, "RUNBOOK_STARTED").get(0)).contains("unknown-alert");
        assertThat(taskNames()).containsExactly("Respond to incident");
    }

    @Test
    void one_that_is_open_is_named_and_not_opened_twice() {
        Incident first = declare(declaration("incident", GATEWAY, ""), Optional.empty());

        Declared second = declarations.declare(declaration("incident", GATEWAY, ""), "bob", Optional.empty());

        assertThat(second).isInstanceOfSatisfying(Conflict.class, conflict -> assertThat(
                        conflict.incident().number())
                .isEqualTo(first.number()));
    }

    @Test
    void the_same_declaration_sent_again_is_the_same_incident_even_after_it_closed() {
        Incident first = declare(declaration("incident", GATEWAY, ""), Optional.of("k-1"));
        work();
        engine.getIdentityService().clearAuthentication();
        ends("bob", "notAnIncident");

        Declared again = declarations.declare(declaration("incident", GATEWAY, ""), "alice", Optional.of("k-1"));
        Declared other = declarations.declare(declaration("incident", "mcp-config", ""), "alice", Optional.of("k-1"));
        Declared bobs = declarations.declare(declaration("incident", GATEWAY, ""), "bob", Optional.of("k-1"));

        assertThat(again).isInstanceOfSatisfying(Opened.class, opened -> {
            assertThat(opened.before()).isTrue();
            assertThat(opened.incident().number()).isEqualTo(first.number());
        });
        assertThat(other).isInstanceOf(Conflict.class);
        assertThat(bobs).isInstanceOfSatisfying(Opened.class, opened -> assertThat(opened.before())
                .isFalse());
    }

    @Test
    void an_exercise_is_declared_beside_a_real_incident_and_each_is_named_to_its_own_kind_only() {
        Incident real = declare(declaration("incident", GATEWAY, ""), Optional.empty());
        Incident played = declare(exercise(GATEWAY, "service-down"), Optional.of("drill"));
        work();

        assertThat(played.exercise()).isTrue();
        assertThat(summaries(played, "INCIDENT_OPENED").get(0)).startsWith("EXERCISE: alice declared: ");
        assertThat(summaries(played, "PAGED")).containsExactly("EXERCISE: would have paged L1 Platform Engineer");
        assertThat(summaries(real, "PAGED")).containsExactly("paged L1 Platform Engineer");
        assertThat(declarations.declare(exercise(GATEWAY, ""), "bob", Optional.empty()))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.incident().number()).isEqualTo(played.number()));
        assertThat(declarations.declare(declaration("incident", GATEWAY, ""), "alice", Optional.of("drill")))
                .as("the same key for what is real is something else")
                .isInstanceOf(Conflict.class);
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        Declared refused = declarations.declare(
                new Declaration("outage", "Not A Namespace", "", "info", "x", "no-such-runbook"),
                "alice",
                Optional.empty());

        assertThat(refused).isInstanceOfSatisfying(Invalid.class, invalid -> assertThat(invalid.faults())
                .hasSize(4)
                .anyMatch(fault -> fault.startsWith("kind is 'outage'; it has to be one of incident, breach"))
                .anyMatch(fault -> fault.startsWith("severity is 'info'"))
                .anyMatch(fault -> fault.startsWith("summary has to say"))
                .anyMatch(fault -> fault.startsWith("runbook is 'no-such-runbook'; leave it out, or name one of ")));
        assertThat(declarations.declare(
                        new Declaration("breach", Sandbox.NAMESPACE, "", "warning", "odd calls", ""),
                        "alice",
                        Optional.empty()))
                .isInstanceOfSatisfying(
                        Invalid.class, invalid -> assertThat(invalid.faults()).hasSize(2));
    }

    @Test
    void maintenance_holds_nothing_that_a_person_declares() {
        MaintenanceWindow window = calendar.declare(new MaintenanceWindow(
                0, Sandbox.NAMESPACE, "*", now(), now().plus(Duration.ofHours(1)), "bob", "a move", null));
        Incident declared = declare(declaration("incident", GATEWAY, ""), Optional.empty());
        calendar.end(window.id(), "bob");

        assertThat(declared.heldUntil()).isNull();
        assertThat(summaries(declared, "PAGED")).hasSize(1);
    }

    @Test
    void the_pager_does_not_end_what_a_person_declared() {
        declare(declaration("breach", GATEWAY, "unknown-alert"), Optional.empty());
        work();
        firesAs("SuspectedBreach");
        resolvesAs("SuspectedBreach");
        work();

        assertThat(incident().open()).isTrue();
        assertThat(incident().ending()).isNull();
        assertThat(told("ALERT_RESOLVED")).hasSize(1);
    }

    @Test
    void the_form_of_tasklist_declares_in_the_name_of_who_sends_it() {
        as("carol", () -> submit(fields(), null));

        Incident declared = incidents.list(Incidents.Listed.ALL, null, 1).get(0);
        assertThat(declared.declaredBy()).isEqualTo("carol");
        assertThat(taskNames()).contains("Respond to incident");
        assertThat(engine.getHistoryService()
                        .createHistoricVariableInstanceQuery()
                        .variableValueEquals("declared", declared.number().toString())
                        .list())
                .as("the number, as a variable of the process that has ended")
                .isNotEmpty();
    }

    @Test
    void the_form_declares_an_exercise_too() {
        Map<String, Object> played = fields();
        played.put("exercise", true);

        as("carol", () -> submit(played, null));

        assertThat(incidents.list(Incidents.Listed.ALL, null, 1).get(0).exercise())
                .isTrue();
        assertThat(taskNames()).contains("EXERCISE: Respond to incident");
    }

    @Test
    void the_form_takes_its_own_fields_and_nothing_else() {
        long before = incidents.list(Incidents.Listed.ALL, null, 200).size();
        Map<String, Object> more = fields();
        more.put("mode", "EXECUTE");
        Map<String, Object> wrong = fields();
        wrong.put("kind", "party");

        as("carol", () -> {
            assertThatThrownBy(() -> submit(more, null)).hasMessageContaining("'mode' is no field of this form");
            assertThatThrownBy(() -> submit(fields(), "INC-1")).hasMessageContaining("business key");
            assertThatThrownBy(() -> submit(wrong, null)).hasMessageContaining("'kind' is one of");
        });
        assertThatThrownBy(() -> submit(fields(), null)).hasMessageContaining("Nobody is logged in");

        assertThat(incidents.list(Incidents.Listed.ALL, null, 200)).hasSize((int) before);
    }

    @Test
    void the_form_offers_every_runbook_that_there_is_and_no_other() throws Exception {
        var form = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(java.nio.file.Path.of("forms/declare-incident.form").toFile());
        for (var component : form.get("components")) {
            if ("runbook".equals(component.path("key").asText())) {
                assertThat(component.get("values").findValuesAsText("value"))
                        .containsExactlyInAnyOrderElementsOf(runbooks.keys());
            }
        }
        assertThat(form.findValuesAsText("key")).containsExactlyInAnyOrderElementsOf(IncidentWords.DECLARATION);
    }

    @Autowired
    private Runbooks runbooks;

    private Incident declare(Declaration declaration, Optional<String> key) {
        Declared declared = declarations.declare(declaration, "alice", key);
        assertThat(declared).isInstanceOf(Opened.class);
        return ((Opened) declared).incident();
    }

    private static Declaration exercise(String workload, String runbook) {
        return new Declaration("incident", Sandbox.NAMESPACE, workload, "", "users cannot log in", runbook, true);
    }

    private static Declaration declaration(String kind, String workload, String runbook) {
        return new Declaration(kind, Sandbox.NAMESPACE, workload, "", "users cannot log in", runbook);
    }

    private static Map<String, Object> fields() {
        return new HashMap<>(Map.of(
                "kind", "incident",
                "namespace", Sandbox.NAMESPACE,
                "workload", "mcp-config",
                "severity", "critical",
                "summary", "users cannot log in",
                "runbook", ""));
    }

    private void submit(Map<String, Object> fields, String businessKey) {
        String definition = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey("declare-incident")
                .latestVersion()
                .singleResult()
                .getId();
        engine.getFormService().submitStartForm(definition, businessKey, fields);
    }

    private List<String> summaries(Incident incident, String kind) {
        return jdbc.sql("select summary from evidence where incident = :incident and kind = :kind order by id")
                .param("incident", incident.number().value())
                .param("kind", kind)
                .query(String.class)
                .list();
    }
}
