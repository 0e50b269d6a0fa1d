package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.API_UNREACHABLE;
import static org.incidentorchestrator.sandbox.Scenario.HEALTHY_AGAIN;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.incident.CommonCause;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What an alert would do is told as it would be, and nothing of it is done. */
class SimulateProcessTest extends RunbookScenario {
    @Autowired
    private WebApplicationContext web;

    @Autowired
    private MaintenanceCalendar calendar;

    private MockMvc api;

    @BeforeEach
    void build() {
        api = MockMvcBuilders.webAppContextSetup(web).build();
    }

    @Test
    void a_critical_alert_is_foretold_with_its_runbook_its_target_who_decides_and_who_is_paged_when() {
        JsonNode told = simple("ServiceDown", GATEWAY, "critical");

        assertThat(told.path("outcome").asText()).isEqualTo("opened");
        assertThat(told.path("reason").asText()).isEqualTo("nothing was open for it");
        assertThat(told.at("/run/mode").asText()).isEqualTo("EXECUTE");
        assertThat(told.at("/run/target/id").asText()).isEqualTo("Deployment/a1-orchestrator/mcp-gateway");
        assertThat(told.at("/run/target/lock/state").asText()).isEqualTo("free");
        assertThat(told.at("/run/runbook/key").asText()).isEqualTo("service-down");
        assertThat(told.at("/run/runbook/row").asText()).isEqualTo("rule_2");
        assertThat(told.at("/run/runbook/because").asText()).isEqualTo("The pods of a workload do not serve.");
        assertThat(told.at("/run/refusals")).isEmpty();
        assertThat(deciders(told))
                .containsEntry("restartWorkload", "responder")
                .containsEntry("scaleWorkload", "responder");
        assertThat(told.at("/paging/pages").findValuesAsText("level")).containsExactly("1", "2", "3", "4", "5");
        assertThat(told.at("/paging/pages/1/at").asText())
                .isEqualTo(now().plus(Duration.ofMinutes(15)).toString());
        assertThat(told.at("/paging/pages/0/onCall/0").asText()).isEqualTo("Responder");
        assertThat(told.at("/paging/hours").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ServiceDown", "HighMemoryUsage", "PolicyViolation", "NoRuleOfOurs", "HighLatency"})
    void the_runbook_that_is_foretold_is_the_one_that_is_then_worked(String alert) {
        String foretold =
                simple(alert, GATEWAY, "critical").at("/run/runbook/key").asText();

        firesAs(alert);
        work();

        assertThat(incident().runbook()).isEqualTo(foretold);
    }

    @Test
    void a_warning_is_foretold_to_page_in_hours_only_and_not_beyond_its_last_level() {
        becomes(DayOfWeek.SATURDAY, LocalTime.of(3, 0));

        JsonNode paging = simple("ServiceDown", GATEWAY, "warning").path("paging");

        assertThat(paging.path("pages").findValuesAsText("level")).containsExactly("1", "2");
        assertThat(Instant.parse(paging.at("/pages/0/at").asText())).isEqualTo(now().plus(Duration.ofHours(53)));
        assertThat(paging.path("hours").asText()).contains("08:00 to 18:00 UTC");
    }

    @Test
    void where_an_incident_is_open_the_alert_belongs_to_it_and_nothing_is_started() {
        breaks(NEVER_HEALTHY);
        work();

        JsonNode told = simple("ServiceDown", GATEWAY, "critical");

        assertThat(told.path("outcome").asText()).isEqualTo("attached");
        assertThat(told.path("incident").asText()).isEqualTo(incident().number().toString());
        assertThat(told.path("inWords").get(0).asText()).contains("nothing is started");
        assertThat(told.has("run") || told.has("paging")).isFalse();
    }

    @Test
    void a_run_that_works_on_the_target_is_named() {
        breaks(NEVER_HEALTHY);
        work();
        decides("alice", "apply");

        JsonNode lock = simple("HighMemoryUsage", GATEWAY, "critical").at("/run/target/lock");

        assertThat(lock.path("state").asText()).isEqualTo("held");
        assertThat(lock.path("incident").asText()).isEqualTo(incident().number().toString());
        assertThat(lock.path("run").asText()).isNotBlank();
    }

    @Test
    void a_stop_and_a_maintenance_window_are_foretold() {
        stops("lea", "data centre move");
        var window = window(GATEWAY);

        JsonNode told = simple("ServiceDown", GATEWAY, "critical");

        assertThat(told.at("/run/refusals/0/reason").asText()).isEqualTo("globalStop");
        assertThat(told.path("heldUntil").asText()).isEqualTo(window.until().toString());
        assertThat(told.at("/maintenance/0/by").asText()).isEqualTo("bob");
        assertThat(told.at("/paging/pages/0/at").asText())
                .isEqualTo(window.until().toString());
        calendar.end(window.id(), "the test");
        lifts("lea");
    }

    @Test
    void one_that_may_be_of_a_common_cause_is_foretold_to_be_held_and_is() {
        assertThat(simple("ServiceDown", GATEWAY, "critical").path("inWords").toString())
                .doesNotContain("one of many");
        Incident cause = incidents.declare(
                new CommonCause(CommonCause.Kind.NODE_NOT_READY, "node-1").key(),
                Severity.CRITICAL,
                "node-1 is not ready",
                Entry.SELF,
                null,
                now());
        try {
            String until = now().plus(Duration.ofMinutes(1)).toString();
            assertThat(simple("ServiceDown", GATEWAY, "critical")
                            .path("inWords")
                            .toString())
                    .contains("It may be one of many", until);

            firesAs("ServiceDown");
            assertThat(told("HELD")).singleElement().asString().contains(until);
        } finally {
            jdbc.sql(
                            "update incident set open_key = null, closed_at = opened_at, outcome = 'CANCELLED' where number = :number")
                    .param("number", cause.number().value())
                    .update();
        }
    }

    @Test
    void a_cluster_that_does_not_answer_is_said_and_is_no_missing_target() {
        sandbox.play(API_UNREACHABLE, "");

        JsonNode run = simple("ServiceDown", GATEWAY, "critical").path("run");

        assertThat(run.at("/target/state").asText()).isEqualTo("notSeen");
        assertThat(run.at("/target/why").asText()).isNotBlank();
        assertThat(run.at("/runbook/ifFound").asText()).isEqualTo("service-down");
        assertThat(run.at("/runbook").has("key")).isFalse();
        sandbox.play(HEALTHY_AGAIN, "");
    }

    @Test
    void what_takes_something_away_is_foretold_to_need_a_second_person() {
        JsonNode told = simple("SuspectedBreach", GATEWAY, "critical");

        assertThat(deciders(told)).containsEntry("isolateWorkload", "approval");
    }

    @Test
    void a_target_that_is_not_there_goes_to_unknown_alert() {
        JsonNode run = simple("ServiceDown", "nobody-knows-it", "critical").path("run");

        assertThat(run.at("/target/state").asText()).isEqualTo("notFound");
        assertThat(run.at("/runbook/key").asText()).isEqualTo("unknown-alert");
    }

    @Test
    void bad_input_is_a_problem_that_says_what_to_write() throws Exception {
        var answer = send("{\"alertName\": \"\", \"workload\": 1}");

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        assertThat(json(answer.getContentAsString()).path("detail").asText())
                .contains("alertName is empty", "workload has to be a text");
    }

    @Test
    void too_much_at_once_is_a_problem() throws Exception {
        String one = "{\"status\":\"firing\",\"startsAt\":\"2037-01-01T00:00:00Z\",\"labels\":{\"alertname\":\"A\"}}";
        var answer = send("{\"alerts\":[" + String.join(",", java.util.Collections.nCopies(51, one)) + "]}");

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getContentAsString()).contains("at most 50 at a time");
    }

    /** On a world with an open incident, a closed one, a window and a held lock. */
    @Test
    void no_table_has_another_row_or_another_value_whatever_is_asked() throws Exception {
        breaks(NEVER_HEALTHY);
        work();
        decides("alice", "apply");
        informs("Scaled", "worker");
        var window = window("worker");
        var random = new Random(20_371_124);
        List<String> before = tables();

        for (int asked = 0; asked < 150; asked++) {
            assertThat(send(body(random)).getStatus()).isIn(200, 400);
        }

        assertThat(tables()).isEqualTo(before);
        assertThat(before).hasSizeGreaterThan(50);
        calendar.end(window.id(), "the test");
    }

    private static String body(Random random) {
        return switch (random.nextInt(5)) {
            case 0 ->
                "{\"alertName\":\"%s\",\"namespace\":\"%s\",\"workload\":\"%s\",\"severity\":\"%s\"}"
                        .formatted(
                                any(random, NAMES),
                                any(random, PLACES),
                                any(random, WORKLOADS),
                                any(random, SEVERITIES));
            case 1 -> any(random, List.of("", "[]", "{}", "null", "{\"alerts\":[]}", "{\"alerts\":[{}]}", "nonsense"));
            default -> message(random);
        };
    }

    private static String message(Random random) {
        List<String> alerts = new ArrayList<>();
        for (int count = 0; count <= random.nextInt(3); count++) {
            alerts.add(
                    """
                    {"status":"%s","startsAt":"%s","fingerprint":"%s","labels":{"alertname":"%s","namespace":"%s",
                    "deployment":"%s","severity":"%s"}}"""
                            .formatted(
                                    any(random, List.of("firing", "firing", "resolved", "lost")),
                                    any(random, List.of("2037-11-24T03:00:00Z", "2039-01-01T00:00:00Z")),
                                    any(random, List.of("f1", "ServiceDown-mcp-gateway-critical")),
                                    any(random, NAMES),
                                    any(random, PLACES),
                                    any(random, WORKLOADS),
                                    any(random, SEVERITIES)));
        }
        return "{\"version\":\"4\",\"alerts\":[" + String.join(",", alerts) + "]}";
    }

    private static final List<String> NAMES = List.of(
            "ServiceDown", "SuspectedBreach", "Watchdog", "Scaled", "InfoInhibitor", "PolicyViolation", "Odd ☃");
    private static final List<String> PLACES = List.of(Sandbox.NAMESPACE, "elsewhere", "Not A Name", "");
    private static final List<String> WORKLOADS = List.of(GATEWAY, "worker", "nobody-knows-it", "");
    private static final List<String> SEVERITIES = List.of("critical", "warning", "info", "none", "");

    private static final Set<String> SEALED = Set.of("SEQ", "PREV_HASH", "HASH");

    private static String any(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private MaintenanceWindow window(String workload) {
        return calendar.declare(new MaintenanceWindow(
                0, Sandbox.NAMESPACE, workload, now(), now().plus(Duration.ofHours(1)), "bob", "a move", null));
    }

    /** All that the database holds, table by table. */
    private List<String> tables() {
        Map<String, String> tables = new TreeMap<>();
        jdbc.sql("select table_name from information_schema.tables where table_schema = 'PUBLIC'")
                .query(String.class)
                .list()
                .forEach(table -> tables.put(table, content(table)));
        return tables.entrySet().stream()
                .map(table -> table.getKey() + " " + table.getValue())
                .toList();
    }

    /** Without what the sealer adds to it meanwhile. */
    private String content(String table) {
        return jdbc
                .sql("select * from \"" + table + "\"")
                .query((row, at) -> {
                    int hash = 0;
                    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                        boolean sealed = SEALED.contains(row.getMetaData().getColumnName(column));
                        hash = 31 * hash
                                + (sealed
                                        ? 0
                                        : String.valueOf(row.getString(column)).hashCode());
                    }
                    return hash;
                })
                .list()
                .stream()
                .sorted()
                .toList()
                .toString();
    }

    private JsonNode simple(String alert, String workload, String severity) {
        return foretold(
                """
                {"alertName": "%s", "namespace": "%s", "workload": "%s", "severity": "%s"}"""
                        .formatted(alert, Sandbox.NAMESPACE, workload, severity));
    }

    private JsonNode foretold(String body) {
        try {
            MockHttpServletResponse answer = send(body);
            assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
            return json(answer.getContentAsString()).path("alerts").get(0);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private MockHttpServletResponse send(String body) throws Exception {
        return api.perform(post("/api/simulate")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
    }

    private static Map<String, String> deciders(JsonNode told) {
        Map<String, String> deciders = new TreeMap<>();
        told.at("/run/changes")
                .forEach(change -> deciders.put(
                        change.path("step").asText(), change.path("decider").asText()));
        return deciders;
    }
}
