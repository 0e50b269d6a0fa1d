package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.incidentorchestrator.runbook.StopProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may declare, abort, stop and keep from people, over the API and by Tasklist's forms, and what they are told. */
@ConsoleTest
class StartByHandTest {
    private static final String PASSWORD = "A-long-enough-Passw0rd";

    @LocalServerPort
    private int port;

    @Autowired
    private FirstPasswords passwords;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TaskService tasks;

    @Autowired
    private Incidents incidents;

    @Autowired
    private StopProcess stop;

    @Autowired
    private Clock clock;

    private Map<String, String> known;

    @BeforeEach
    void makePeople() throws IOException {
        known = new HashMap<>(passwords.read());
        person("senior", "l2");
    }

    @AfterEach
    void lift() {
        stop.lift("test", "end of the test");
    }

    @Test
    void a_responder_declares_an_incident_once() {
        String asked = declaration("incident", "declared-once");

        var first = as("responder").send("POST", "/api/incidents", asked);
        var second = as("responder").send("POST", "/api/incidents", asked);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        String location = first.headers().firstValue("Location").orElseThrow();
        assertThat(first.body()).contains("\"declaredBy\":\"responder\"", "\"alertName\":\"DeclaredIncident\"");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains(location, "is open already");
        assertThat(as("auditor").send("GET", location + "/report").body()).contains("declared by responder");
        assertThat(as("auditor").send("GET", location).body()).contains("Respond to incident");
    }

    @Test
    void a_responder_declares_an_exercise_and_begins_a_game_day_and_an_auditor_neither() {
        String played = declaration("incident", "exercised").replace("}", ", \"exercise\": true}");
        String day = "{\"scenario\": \"crash-until-restarted\", \"workload\": \"mcp-gateway\"}";

        var declared = as("responder").send("POST", "/api/incidents", played);
        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
        assertThat(declared.body()).startsWith("{\"exercise\":true,");
        assertThat(as("responder")
                        .send("POST", "/api/incidents", declaration("incident", "exercised"))
                        .body())
                .as("what is real is opened beside it")
                .doesNotContain("exercise\":true");
        assertThat(as("auditor").send("POST", "/api/game-days", day).statusCode())
                .isEqualTo(403);
        var begun = as("responder").send("POST", "/api/game-days", day);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        assertThat(begun.body()).contains("\"alertName\":\"ServiceDown\"", "\"exercise\":true");
        assertThat(as("auditor").send("GET", "/api/openapi").body()).contains("\"/api/game-days\"");
    }

    @Test
    void all_that_is_wrong_with_a_declaration_is_told_at_once() {
        var refused = as("responder").send("POST", "/api/incidents", "{\"kind\": \"party\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("kind is 'party'", "summary has to say");
        assertThat(as("responder").status("POST", "/api/incidents")).isEqualTo(400);
        assertThat(as("responder").send("POST", "/api/incidents", "not json").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"auditor", "approver"})
    void who_does_not_work_incidents_begins_nothing(String user) {
        assertThat(as(user).send("POST", "/api/incidents", declaration("incident", "by-" + user))
                        .statusCode())
                .isEqualTo(403);
        assertThat(form(user, "declare-incident", fields("by-" + user)).statusCode())
                .isEqualTo(403);
        assertThat(form(user, "stop-changes", reason()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_responder_declares_by_the_form_and_starts_nothing_else() {
        var declared = form("responder", "declare-incident", fields("by-form"));
        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(200);
        assertThat(incidents.list(Listed.OPEN, null, 1).get(0)).satisfies(incident -> {
            assertThat(incident.key().workload()).isEqualTo("by-form");
            assertThat(incident.declaredBy()).isEqualTo("responder");
        });
        for (String part : new String[] {"respond-to-incident", "service-down", "page-responders", "stop-changes"}) {
            assertThat(form("responder", part, reason()).statusCode()).as(part).isIn(403, 404);
        }
        assertThat(as("responder").status("POST", "/engine-rest/process-definition/key/declare-incident/start"))
                .isEqualTo(403);
    }

    @Test
    void a_responder_looks_around_for_an_open_incident_and_for_no_other() {
        String number = as("responder")
                .send("POST", "/api/incidents", declaration("incident", "looked-around"))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst(".*/", "");

        assertThat(form("responder", "look-around-by-hand", look(number)).statusCode())
                .isEqualTo(200);
        assertThat(form("auditor", "look-around-by-hand", look(number)).statusCode())
                .isEqualTo(403);
        var refused = form("responder", "look-around-by-hand", look("INC-999999"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("There is no open incident INC-999999");
    }

    @Test
    void a_form_with_more_than_its_fields_declares_nothing() {
        long before = incidents.list(Listed.ALL, null, 200).size();
        String more = fields("forged").replace("}}}", "}, \"runId\": {\"value\": \"x\"}}}");

        assertThat(form("responder", "declare-incident", more).body()).contains("'runId' is no field of this form");
        assertThat(form(
                                "responder",
                                "declare-incident",
                                fields("forged").replaceFirst("\\{", "{\"businessKey\": \"INC-1\", "))
                        .body())
                .contains("its business key is given by the program; leave it empty");

        assertThat(incidents.list(Listed.ALL, null, 200)).hasSize((int) before);
    }

    @Test
    void a_run_is_aborted_once_with_a_reason() {
        String location = as("responder")
                .send("POST", "/api/incidents", declaration("incident", "aborted"))
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(as("responder").status("POST", location + "/abort")).isEqualTo(400);
        var aborted = as("responder").send("POST", location + "/abort", "{\"reason\": \"we move it by hand\"}");
        assertThat(aborted.statusCode()).as(aborted.body()).isEqualTo(200);
        assertThat(aborted.body()).contains("\"abort\":{\"by\":\"responder\"", "\"state\":\"open\"");
        assertThat(as("admin")
                        .send("POST", location + "/abort", "{\"reason\": \"me too\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(as("auditor").send("GET", location).body()).contains("Its run changes nothing more: responder");
        assertThat(as("responder")
                        .send("POST", "/api/incidents/INC-999/abort", "{\"reason\": \"none\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_senior_stops_everything_and_an_architect_lifts_it() {
        String location = as("responder")
                .send("POST", "/api/incidents", declaration("incident", "stopped"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String why = "{\"reason\": \"data centre move\"}";

        assertThat(as("responder").send("PUT", "/api/stop", why).statusCode()).isEqualTo(403);
        assertThat(as("senior").status("PUT", "/api/stop")).isEqualTo(400);
        var set = as("senior").send("PUT", "/api/stop", why);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(as("architect").send("PUT", "/api/stop", why).body()).contains("It holds already: senior stopped");
        assertThat(as("auditor").send("GET", "/api/stop").body()).contains("\"stopped\":true", "data centre move");
        assertThat(as("auditor").send("GET", location).body()).contains("Nothing is changed: senior stopped");
        assertThat(as("admin").send("GET", "/actuator/health").body()).contains("senior stopped every change");
        assertThat(as("senior").send("DELETE", "/api/stop", why).statusCode()).isEqualTo(403);
        assertThat(as("architect").status("DELETE", "/api/stop")).isEqualTo(400);
        assertThat(as("architect").send("DELETE", "/api/stop", why).statusCode())
                .isEqualTo(200);
        assertThat(as("architect").send("DELETE", "/api/stop", why).statusCode())
                .isEqualTo(404);
        assertThat(as("auditor").send("GET", "/api/stop").body()).contains("\"stopped\":false");
    }

    @Test
    void a_senior_stops_everything_by_the_form_and_cannot_lift_it() {
        assertThat(form("senior", "stop-changes", reason()).statusCode()).isEqualTo(200);
        String task =
                tasks.createTaskQuery().taskName("Lift the stop").singleResult().getId();

        for (String user : new String[] {"responder", "senior", "approver"}) {
            assertThat(claim(user, task)).as(user).isIn(403, 500);
        }
        assertThat(stop.now()).isPresent();
        assertThat(claim("architect", task)).isEqualTo(204);
        var lifted = as("architect").send("POST", "/engine-rest/task/" + task + "/submit-form", reason());
        assertThat(lifted.statusCode()).as(lifted.body()).isIn(200, 204);
        assertThat(stop.now()).isEmpty();
    }

    @Test
    void a_senior_keeps_a_workload_from_people_for_a_time() {
        String window = window(Duration.ofHours(2), "storage-moves");

        assertThat(as("responder")
                        .send("POST", "/api/maintenance-windows", window)
                        .statusCode())
                .isEqualTo(403);
        var declared = as("senior").send("POST", "/api/maintenance-windows", window);
        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
        String location = declared.headers().firstValue("Location").orElseThrow();
        assertThat(as("auditor").send("GET", "/api/maintenance-windows").body()).contains("storage-moves");
        assertThat(as("responder").send("DELETE", location).statusCode()).isEqualTo(403);
        assertThat(as("architect").send("DELETE", location).statusCode()).isEqualTo(200);
        assertThat(as("architect").send("DELETE", location).statusCode()).isEqualTo(409);
        assertThat(as("auditor").send("GET", location).body()).contains("endedAt");
        assertThat(as("auditor").status("GET", "/api/maintenance-windows/999")).isEqualTo(404);
    }

    @Test
    void a_window_that_is_too_long_or_says_not_what_is_refused_with_all_that_is_wrong() {
        var refused = as("senior").send("POST", "/api/maintenance-windows", window(Duration.ofHours(9), "Not A Name"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("longer than PT8H (maintenance.longest)", "workload is 'Not A Name'");
        assertThat(as("senior").send("POST", "/api/maintenance-windows").body())
                .contains("from and until have to be times", "namespace is ''", "reason has to say why");
    }

    private String window(Duration length, String workload) {
        return """
                {"from": "%s", "until": "%s", "namespace": "a1-orchestrator", "workload": "%s", "reason": "a move"}"""
                .formatted(clock.instant(), clock.instant().plus(length), workload);
    }

    private static String declaration(String kind, String workload) {
        return """
                {"kind": "%s", "namespace": "a1-orchestrator", "workload": "%s", "summary": "users cannot log in"}"""
                .formatted(kind, workload);
    }

    private static String fields(String workload) {
        return """
                {"variables": {"kind": {"value": "incident"}, "namespace": {"value": "a1-orchestrator"},\
                 "workload": {"value": "%s"}, "severity": {"value": "critical"}, "runbook": {"value": null},\
                 "summary": {"value": "users cannot log in"}}}"""
                .formatted(workload);
    }

    private static String look(String number) {
        return "{\"variables\": {\"incident\": {\"value\": \"%s\"}, \"namespace\": {\"value\": \"a1-orchestrator\"}}}"
                .formatted(number);
    }

    private static String reason() {
        return "{\"variables\": {\"reason\": {\"value\": \"data centre move\"}}}";
    }

    private HttpResponse<String> form(String user, String process, String fields) {
        return as(user).send("POST", "/engine-rest/process-definition/key/" + process + "/submit-form", fields);
    }

    private int claim(String user, String task) {
        return as(user).send("POST", "/engine-rest/task/" + task + "/claim", "{\"userId\": \"" + user + "\"}")
                .statusCode();
    }

    private void person(String name, String group) {
        if (identities.createUserQuery().userId(name).count() == 0) {
            User user = identities.newUser(name);
            user.setPassword(PASSWORD);
            identities.saveUser(user);
            identities.createMembership(name, group);
        }
        known.put(name, PASSWORD);
    }

    private Browser as(String user) {
        return new Browser(port).withPassword(user, known.get(user));
    }
}
