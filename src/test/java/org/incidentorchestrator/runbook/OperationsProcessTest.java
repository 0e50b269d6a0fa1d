package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.support.CountedStatements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What whoever is responsible sees of all that runs, is stuck, and was worked. */
@Import(CountedStatements.class)
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:operations;DB_CLOSE_DELAY=-1;WRITE_DELAY=0")
class OperationsProcessTest extends RunbookScenario {
    @Autowired
    private WebApplicationContext web;

    @Autowired
    private CountedStatements statements;

    private MockMvc api;

    @BeforeEach
    void build() {
        api = MockMvcBuilders.webAppContextSetup(web).build();
        jdbc.sql("delete from inbox where state = 'PARKED'").update();
        jdbc.sql("delete from step_ledger where state = 'INTENT'").update();
        jdbc.sql("delete from target_lock").update();
    }

    @Test
    void an_open_incident_is_told_with_who_has_it_what_happens_next_and_when() throws Exception {
        breaks(Scenario.CRASH_UNTIL_RESTARTED);
        fires();
        work();
        claims("carl", "Decide on remedy");

        JsonNode open = open();

        assertThat(open.at("/incident/acknowledgedBy").asText()).isEqualTo("carl");
        assertThat(open.path("next"))
                .extracting(JsonNode::asText)
                .contains("Decide on remedy: with carl.")
                .anySatisfy(sentence -> assertThat(sentence).startsWith("carl has it; given back if nothing is heard"));
        assertThat(Instant.parse(open.path("nextAt").asText()))
                .isAfter(ClockUtil.getCurrentTime().toInstant());
        assertThat(open.path("nextName").asText()).isNotBlank();
    }

    @Test
    void what_does_not_go_on_by_itself_is_named_with_what_to_do() throws Exception {
        breaks(Scenario.CRASH_UNTIL_RESTARTED);
        fires();
        work();
        Job timer = engine.getManagementService().createJobQuery().timers().withRetriesLeft().list().stream()
                .filter(job -> "page-responders".equals(job.getProcessDefinitionKey()))
                .findFirst()
                .orElseThrow();
        engine.getManagementService().setJobRetries(timer.getId(), 0);
        parked();
        unsettled();

        JsonNode stuck = operations().path("stuck");

        assertThat(stuck)
                .extracting(one -> one.path("what").asText())
                .contains(
                        "The message inbox/" + id("inbox") + " was not understood.",
                        "What became of the change restartWorkload Deployment/shop/cart is not known.");
        assertThat(stuck)
                .filteredOn(one -> one.path("what").asText().startsWith("The step event_"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.path("incident").asText())
                            .isEqualTo(incident().number().toString());
                    assertThat(step.path("why").asText()).contains("retry the job in Cockpit");
                    assertThat(step.path("since").asText()).isNotBlank();
                });
        engine.getManagementService().setJobRetries(timer.getId(), 1);
    }

    @Test
    void a_line_of_the_runbook_counts_how_often_what_carries_it_was_passed() throws Exception {
        breaks(Scenario.CRASH_UNTIL_RESTARTED);
        fires();
        work();

        JsonNode lines = read("/api/operations/lines").path("lines");

        assertThat(lines).hasSizeGreaterThan(80).allSatisfy(line -> assertThat(
                        line.path("elements").asInt())
                .as(line.toString())
                .isPositive());
        assertThat(lines)
                .filteredOn(line -> line.path("id").asText().equals("D01"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("uses").asInt()).isPositive();
                    assertThat(line.path("lastUsedAt").asText()).isNotBlank();
                });
        assertThat(lines)
                .filteredOn(line -> line.path("id").asText().equals("R01"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("uses").asInt()).isZero());
    }

    @Test
    void what_was_done_for_the_time_being_is_told_with_its_end_and_who_has_it() throws Exception {
        breaks(Scenario.LOAD_IS_HIGH);
        passesUnseen(Duration.ofMinutes(2));
        firesAs("HighMemoryUsage");
        passes(Duration.ofMinutes(5));
        decides("alice", "apply");
        passes(Duration.ofMinutes(10));

        JsonNode lease = operations().path("leases").path(0);

        assertThat(lease.path("incident").asText())
                .isEqualTo(incident().number().toString());
        assertThat(lease.path("what").asText()).isEqualTo("scaleWorkload");
        assertThat(lease.path("target").asText()).endsWith("/" + GATEWAY);
        assertThat(Instant.parse(lease.path("endsAt").asText()))
                .isBetween(now().plus(Duration.ofHours(3)), now().plus(Duration.ofHours(4)));
        assertThat(lease.path("who").asText()).isEqualTo("alice");
    }

    @Test
    void ten_statements_are_enough_however_much_is_open() throws Exception {
        for (String workload : List.of(GATEWAY, "mcp-config", "mcp-orchestrator-api")) {
            breaks(workload, Scenario.CRASH_UNTIL_RESTARTED);
            firesFor(workload);
        }
        work();
        operations();

        List<String> asked = statements.of(this::operations);

        assertThat(operations().path("open")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(asked).as(String.join("\n", asked)).hasSizeLessThanOrEqualTo(10);
    }

    private JsonNode open() throws Exception {
        for (JsonNode one : operations().path("open")) {
            if (one.at("/incident/id").asText().equals(incident().number().toString())) {
                return one;
            }
        }
        throw new AssertionError("it is not open");
    }

    private JsonNode operations() throws Exception {
        return read("/api/operations");
    }

    private JsonNode read(String path) throws Exception {
        var answer = api.perform(get(path)).andReturn().getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.getContentAsString());
    }

    private void parked() {
        jdbc.sql(
                        """
                        insert into inbox (source, received_at, sha256, body, state, attempts, due_at, outcome)
                        values ('alertmanager', :at, '', :body, 'PARKED', 5, :at, 'it is no JSON')""")
                .param("at", Incidents.utc(ClockUtil.getCurrentTime().toInstant()))
                .param("body", new byte[0])
                .update();
    }

    private void unsettled() {
        jdbc.sql(
                        """
                        insert into step_ledger (job_id, activity_id, loop_counter, ordinal, mark, incident, run_id, step, mode,
                            target, state, planned_at, intent_at)
                        values (:job, 'x', 0, 0, 'x', :incident, 'x', 'restartWorkload', 'EXECUTE', 'Deployment/shop/cart',
                            'INTENT', :at, :at)""")
                .param("job", "job-" + ClockUtil.getCurrentTime().getTime())
                .param("incident", incident().number().value())
                .param(
                        "at",
                        Incidents.utc(ClockUtil.getCurrentTime().toInstant().minusSeconds(90)))
                .update();
    }

    private long id(String table) {
        return jdbc.sql("select max(id) from " + table).query(Long.class).single();
    }
}
