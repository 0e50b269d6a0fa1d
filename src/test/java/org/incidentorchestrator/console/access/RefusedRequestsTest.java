package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.incidentorchestrator.incident.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What the doors in front of the program refuse is on the record: who, what, of which incident, and why not. */
@ConsoleTest
class RefusedRequestsTest {
    private static final String VALUE = "{\"value\": \"approved\", \"type\": \"String\"}";

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
    private RuntimeService instances;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private JdbcClient database;

    @Autowired
    private Clock clock;

    private Map<String, String> known;
    private IncidentNumber incident;
    private Task task;

    @BeforeEach
    void page() throws IOException {
        known = passwords.read();
        incident = open("refused-" + UUID.randomUUID()).number();
        task = tasks.createTaskQuery()
                .processInstanceBusinessKey(incident.toString())
                .singleResult();
    }

    @Test
    void of_an_incident_that_the_path_names() {
        as("auditor").send("POST", "/api/incidents/" + incident + "/notes", "{\"note\": \"mine\"}");

        assertThat(recorded())
                .containsExactly("auditor: Refused: POST /api/incidents/*/notes. None of your groups may do"
                        + " this; an administrator can add you to one.");
    }

    @Test
    void of_the_incident_that_a_task_an_instance_an_execution_and_a_job_belong_to() {
        String instance = task.getProcessInstanceId();
        Execution waits = instances
                .createExecutionQuery()
                .processInstanceId(instance)
                .activityId("receiveTask_awaitAcknowledgement")
                .singleResult();
        String job = jobs.createJobQuery()
                .processInstanceId(instance)
                .timers()
                .list()
                .get(0)
                .getId();

        as("admin").send("PUT", "/engine-rest/task/" + task.getId() + "/variables/decision", VALUE);
        as("admin").send("PUT", "/engine-rest/process-instance/" + instance + "/suspended", "{\"suspended\": true}");
        as("admin").send("POST", "/engine-rest/execution/" + waits.getId() + "/signal", "{}");
        as("admin").send("POST", "/engine-rest/engine/default/job/" + job + "/execute", "{}");

        assertThat(recorded()).hasSize(4).allMatch(entry -> entry.startsWith("admin: Refused: "));
    }

    @Test
    void of_the_incident_whose_task_the_engine_itself_does_not_give_somebody() {
        as("auditor").send("POST", "/engine-rest/task/" + task.getId() + "/unclaim", "{}");

        assertThat(recorded())
                .singleElement()
                .asString()
                .startsWith("auditor: The user with id 'auditor' does not have");
    }

    @Test
    void in_each_case_anew_where_something_else_was_refused() {
        as("admin").send("PUT", "/engine-rest/group/approver/members/responder", "{}");
        as("admin").send("PUT", "/engine-rest/group/l4/members/responder", "{}");

        assertThat(ofNoIncident("admin")).anyMatch(entry -> entry.contains("belongs to approver"));
        assertThat(ofNoIncident("admin")).anyMatch(entry -> entry.contains("belongs to l4"));
    }

    @Test
    void of_a_page_of_another_origin_that_uses_somebodys_session() {
        Browser forged =
                new Browser(port).loggedIn("responder", known.get("responder")).withoutToken();

        assertThat(forged.status("POST", "/api/incidents/" + incident + "/acknowledge"))
                .isEqualTo(403);
        assertThat(forged.status("POST", "/camunda/api/engine/engine/default/task/" + task.getId() + "/claim"))
                .isEqualTo(403);
        assertThat(recorded())
                .hasSize(2)
                .allMatch(entry -> entry.startsWith("responder: Refused: POST /"))
                .allMatch(entry -> entry.contains("needs the header X-XSRF-TOKEN"));
    }

    @Test
    void of_somebody_who_is_not_known_by_the_first_word_of_the_path_alone() {
        new Browser(port).send("DELETE", "/sandbox/nothing/of-this-kind");
        new Browser(port).withPassword("stranger", "a guess").send("DELETE", "/sandbox/another/4711");

        assertThat(ofNoIncident("anonymous"))
                .filteredOn(entry -> entry.contains("DELETE /sandbox"))
                .singleElement()
                .asString()
                .startsWith("Refused: DELETE /sandbox. No valid credentials came with the request");
    }

    @Test
    void unless_it_would_only_have_read() {
        as("responder").send("GET", "/actuator/prometheus");

        assertThat(ofNoIncident("responder")).noneMatch(entry -> entry.contains("prometheus"));
    }

    private List<String> recorded() {
        return database.sql("select actor || ': ' || summary from evidence where kind = 'ACCESS_REFUSED'"
                        + " and incident = :incident order by id")
                .param("incident", incident.value())
                .query(String.class)
                .list();
    }

    private List<String> ofNoIncident(String actor) {
        return database.sql("select summary from evidence where kind = 'ACCESS_REFUSED' and incident is null"
                        + " and actor = :actor order by id")
                .param("actor", actor)
                .query(String.class)
                .list();
    }

    private Incident open(String workload) {
        return transaction.execute(status -> {
            Incident opened = incidents.open(
                    new Alert(
                            "test",
                            Alert.Status.FIRING,
                            workload,
                            clock.instant(),
                            new IncidentKey("ServiceDown", "a1-orchestrator", workload),
                            Severity.CRITICAL,
                            workload + " is down",
                            Map.of(),
                            Map.of()),
                    clock.instant());
            events.publishEvent(new IncidentsOpened(List.of(opened)));
            return opened;
        });
    }

    private Browser as(String user) {
        return new Browser(port).withPassword(user, known.get(user));
    }
}
