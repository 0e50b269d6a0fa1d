package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.incidentorchestrator.incident.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What a responder sees of a page and may do with it. */
@ConsoleTest
class ResponderTest {
    @LocalServerPort
    private int port;

    @Autowired
    private FirstPasswords passwords;

    @Autowired
    private Incidents incidents;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private TaskService tasks;

    @Autowired
    private JdbcTemplate database;

    @Autowired
    private Clock clock;

    private Map<String, String> known;

    @BeforeEach
    void readPasswords() throws IOException {
        known = passwords.read();
    }

    @Test
    void the_page_says_what_since_when_and_who_is_paged_next() {
        String task = page("facts");
        assertThat(as("responder")
                        .send("GET", "/engine-rest/task/" + task + "/form-variables")
                        .body())
                .contains("\"incident\"", "\"openedAt\"", "\"severity\"", "\"workload\"")
                .contains("L2 Senior Platform Engineer at ", "L4 CTO at ", "everybody at ");
        assertThat(tasks.getIdentityLinksForTask(task)).singleElement().satisfies(link -> assertThat(link.getGroupId())
                .isEqualTo("l1"));
    }

    @Test
    void a_responder_takes_it_and_gives_it_back() {
        String task = page("taken");
        assertThat(claim("responder", task, "responder")).isEqualTo(204);
        assertThat(holder("taken")).contains("responder");
        assertThat(as("responder").status("POST", "/engine-rest/task/" + task + "/unclaim"))
                .isEqualTo(204);
        assertThat(holder("taken")).isEmpty();
    }

    @Test
    void nobody_takes_it_in_anothers_name() {
        String task = page("forged");
        assertThat(claim("responder", task, "approver")).isEqualTo(403);
        assertThat(claim("admin", task, "responder")).isEqualTo(403);
        assertThat(holder("forged")).isEmpty();
    }

    @Test
    void who_is_in_none_of_its_groups_reads_so_and_what_to_do() {
        String task = page("others");
        assertThat(as("approver")
                        .send("POST", "/engine-rest/task/" + task + "/claim", "{\"userId\": \"approver\"}")
                        .body())
                .contains("Refused: claim task. This task is for the groups that are named beside it")
                .contains("ask one of them to claim it");
    }

    @Test
    void it_is_answered_by_whoever_has_claimed_it_and_by_the_fields_of_its_form() {
        String task = page("answered");
        String right =
                "{\"variables\": {\"action\": {\"value\": \"notAnIncident\"}, \"reason\": {\"value\": \"a test\"}%s}}";
        assertThat(complete("responder", task, right.formatted("")).statusCode())
                .isEqualTo(403);
        claim("responder", task, "responder");
        assertThat(complete("admin", task, right.formatted("")).body()).contains("responder's to answer");
        var foreign = complete("responder", task, right.formatted(", \"approved\": {\"value\": true}"));
        assertThat(foreign.statusCode()).isEqualTo(400);
        assertThat(foreign.body()).contains("'approved' is no field of this form");
        assertThat(complete("responder", task, "{\"variables\": {}}").body())
                .contains("'action' is missing", "'reason' is missing");
        assertThat(complete("responder", task, right.formatted("")).statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_refusal_is_on_the_record_once_a_minute_however_often_it_is_tried() {
        String task = page("pestered");
        for (int i = 0; i < 20; i++) {
            assertThat(claim("responder", task, "approver")).isEqualTo(403);
        }
        assertThat(database.queryForList(
                        """
                        select e.summary from evidence e join incident i on i.number = e.incident
                        where e.kind = 'ACCESS_REFUSED' and i.workload = 'pestered'""",
                        String.class))
                .singleElement()
                .asString()
                .startsWith("Refused: claim task. A task is taken by whoever claims it");
    }

    private HttpResponse<String> complete(String caller, String task, String answer) {
        return as(caller).send("POST", "/engine-rest/task/" + task + "/complete", answer);
    }

    @Test
    void an_auditor_neither_takes_it_nor_gives_it_back() {
        String task = page("watched");
        assertThat(claim("auditor", task, "auditor")).isEqualTo(403);
        assertThat(as("auditor").status("POST", "/engine-rest/task/" + task + "/unclaim"))
                .isEqualTo(403);
    }

    @Test
    void over_the_api_a_responder_takes_it_escalates_it_and_hands_it_over() {
        page("api");
        String path =
                "/api/incidents/" + incidents.findOpen(key("api")).orElseThrow().number();

        assertThat(as("responder").send("POST", path + "/acknowledge").body())
                .contains("responder has it; given back if nothing is heard of anybody until");
        assertThat(as("admin").send("POST", path + "/acknowledge").statusCode()).isEqualTo(409);
        assertThat(as("responder")
                        .send("POST", path + "/escalate", "{\"reason\":\"the network\"}")
                        .body())
                .contains("Paged next: L3 Platform Architect at");
        assertThat(holder("api")).isEmpty();
        as("responder").send("POST", path + "/acknowledge");
        assertThat(as("responder")
                        .send("POST", path + "/hand-over", "{\"to\":\"admin\",\"note\":\"yours\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(holder("api")).contains("admin");
        assertThat(as("responder")
                        .send("POST", path + "/responders", "{\"group\":\"l3\",\"note\":\"the network\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(as("admin").send("POST", path + "/give-back").body()).contains("Paged next: L3");
    }

    @Test
    void what_does_not_fit_is_refused_with_a_sentence_and_nothing_is_changed() {
        page("unfit");
        String path = "/api/incidents/"
                + incidents.findOpen(key("unfit")).orElseThrow().number();

        var nobody = as("responder").send("POST", path + "/give-back");
        assertThat(nobody.statusCode()).isEqualTo(409);
        assertThat(nobody.body()).contains("is with nobody: there is nothing to give back");
        var waitsNot = as("responder").send("POST", path + "/work-anyway", "{\"reason\":\"now\"}");
        assertThat(waitsNot.statusCode()).isEqualTo(409);
        assertThat(waitsNot.body()).contains("waits on no other incident");
        assertThat(as("auditor")
                        .send("POST", path + "/work-anyway", "{\"reason\":\"now\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as("responder")
                        .send("POST", path + "/escalate", "{\"reason\":\" \"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(as("responder")
                        .send("POST", path + "/responders", "{\"note\":\"x\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(as("responder").status("POST", "/api/incidents/INC-999999/acknowledge"))
                .isEqualTo(404);
        assertThat(holder("unfit")).isEmpty();
    }

    @Test
    void an_approver_writes_a_note_and_does_nothing_else_and_an_auditor_not_even_that() {
        page("noted");
        String path = "/api/incidents/"
                + incidents.findOpen(key("noted")).orElseThrow().number();
        String note = "{\"note\":\"is the backup good?\"}";

        assertThat(as("approver").send("POST", path + "/notes", note).statusCode())
                .isEqualTo(200);
        assertThat(as("approver").status("POST", path + "/acknowledge")).isEqualTo(403);
        assertThat(as("auditor").send("POST", path + "/notes", note).statusCode())
                .isEqualTo(403);
        assertThat(as("auditor").send("GET", path + "/timeline").body()).contains("approver: is the backup good?");
    }

    private String page(String workload) {
        Incident opened = transaction.execute(status -> {
            Incident incident = incidents.open(alert(workload), clock.instant());
            events.publishEvent(new IncidentsOpened(List.of(incident)));
            return incident;
        });
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(opened.number().toString())
                .singleResult()
                .getId();
    }

    private Alert alert(String workload) {
        return new Alert(
                "test",
                Alert.Status.FIRING,
                workload,
                clock.instant(),
                key(workload),
                Severity.CRITICAL,
                workload + " is down",
                Map.of(),
                Map.of());
    }

    private int claim(String caller, String task, String person) {
        return as(caller)
                .send("POST", "/engine-rest/task/" + task + "/claim", "{\"userId\": \"" + person + "\"}")
                .statusCode();
    }

    private Optional<String> holder(String workload) {
        return incidents.findOpen(key(workload)).orElseThrow().takenBy();
    }

    private static IncidentKey key(String workload) {
        return new IncidentKey("ServiceDown", "a1-orchestrator", workload);
    }

    private Browser as(String user) {
        return new Browser(port).withPassword(user, known.get(user));
    }
}
