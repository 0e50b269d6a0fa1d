package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.camunda.spin.plugin.variable.SpinValues;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What the API tells of an incident that is over, or still runs: what an auditor reads. */
class RunApiProcessTest extends RunbookScenario {
    @Autowired
    WebApplicationContext program;

    private MockMvc api;
    private String self;

    @BeforeEach
    void call() {
        api = MockMvcBuilders.webAppContextSetup(program).build();
    }

    private void solvedByRestart() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        passesUnseen(Duration.ofMinutes(1));
        decides("alice", "apply");
        passes(Duration.ofMinutes(20));
        assertThat(incident().open()).isFalse();
        self = "/api/incidents/" + incident().number();
    }

    @Test
    void an_incident_that_is_over_shows_its_processes_their_paths_and_their_diagrams() throws Exception {
        solvedByRestart();

        JsonNode run = read(self + "/run");
        assertThat(run.path("removed").isMissingNode()).isTrue();
        assertThat(run.at("/instances/0/kind").asText()).isEqualTo("root");
        assertThat(run.at("/instances/0/state").asText()).isEqualTo("completed");
        assertThat(kinds(run)).contains("paging", "runbook", "part");
        JsonNode root = read(self + "/run/" + run.at("/instances/0/id").asText());
        assertThat(root.path("flows")).isNotEmpty();

        JsonNode restart = pass(run, "applied");
        assertThat(restart.path("actor").asText()).isEqualTo("incident-orchestrator");
        assertThat(restart.path("state").asText()).isEqualTo("completed");
        assertThat(restart.at("/kubectl/0").asText()).contains("kubectl", "rollout restart");
        assertThat(restart.path("entry").isIntegralNumber()).isTrue();
        assertThat(pass(run, "looked").at("/evidence/0/href").asText()).startsWith(self + "/evidence/");
        JsonNode decided = pass(run, "decided");
        assertThat(decided.path("actor").asText()).isEqualTo("alice");
        assertThat(decided.path("summary").asText()).contains("decided: apply");

        api.perform(get(self + "/run/" + instance(run, "service-down")))
                .andExpect(jsonPath("$.diagram", containsString("<bpmn:process id=\"service-down\"")));
    }

    @Test
    void a_proposal_shows_who_decided_and_what_came_of_it() throws Exception {
        solvedByRestart();

        api.perform(get(self + "/proposals"))
                .andExpect(jsonPath("$.proposals", hasSize(1)))
                .andExpect(jsonPath("$.proposals[0].step").value("restartWorkload"))
                .andExpect(jsonPath("$.proposals[0].kubectl[0]", containsString("rollout restart")))
                .andExpect(jsonPath("$.proposals[0].decision").value("accepted"))
                .andExpect(jsonPath("$.proposals[0].decidedBy").value("alice"))
                .andExpect(jsonPath("$.proposals[0].decidedAt").exists())
                .andExpect(jsonPath("$.proposals[0].approval").doesNotExist())
                .andExpect(jsonPath("$.proposals[0].used.state").value("applied"));
        JsonNode proposals = read(self + "/proposals");
        long entry = proposals.at("/proposals/0/used/entry").asLong();
        assertThat(jdbc.sql("select kind from evidence where id = :id")
                        .param("id", entry)
                        .query(String.class)
                        .single())
                .isEqualTo("STEP_APPLIED");
    }

    @Test
    void a_secret_in_a_variable_or_a_proposal_is_not_shown_and_what_is_long_is_cut() throws Exception {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        self = "/api/incidents/" + incident().number();
        String root = read(self + "/run").at("/instances/0/id").asText();
        var engineVariables = engine.getRuntimeService();
        engineVariables.setVariable(root, "dbPassword", "hunter2-by-name");
        engineVariables.setVariable(root, "apiToken", 424_242_424L);
        engineVariables.setVariable(root, "note", "it logs in with password=hunter2-in-text since then");
        engineVariables.setVariable(
                root,
                "report",
                SpinValues.jsonValue("{\"token\":\"hunter2-in-json\",\"pods\":\"" + "x".repeat(5000) + "\"}")
                        .create());
        engineVariables.setVariable(root, "note2", "first");
        engineVariables.setVariable(root, "note2", "second");
        jdbc.sql("update proposal set diff = '+  password: hunter2-in-diff' where incident = :incident")
                .param("incident", incident().number().value())
                .update();

        String told = text(self + "/variables");
        assertThat(told)
                .doesNotContain("hunter2", "424242424", "approvalRequest")
                .contains("[redacted password]");
        api.perform(get(self + "/variables"))
                .andExpect(jsonPath("$.variables[?(@.name=='report')].cut", hasItem(true)))
                .andExpect(jsonPath("$.variables[?(@.name=='report')].type", hasItem("json")))
                .andExpect(jsonPath("$.variables[?(@.name=='note2')].value", hasItem("second")))
                .andExpect(jsonPath("$.variables[?(@.name=='alertName')].value", hasItem("ServiceDown")))
                .andExpect(jsonPath("$.variables[?(@.name=='note2')].cut").isEmpty());
        assertThat(text(self + "/proposals")).doesNotContain("hunter2").contains("[redacted password]");
    }

    @Test
    void what_the_engine_has_forgotten_is_said_to_be_removed() throws Exception {
        Instant now = now();
        var key = new IncidentKey("ServiceDown", "shop", "forgotten-" + now.getEpochSecond());
        Incident forgotten = incidents.declare(key, Severity.WARNING, "long ago", "alice", null, now);
        String old = "/api/incidents/" + forgotten.number();
        api.perform(get(old + "/run")).andExpect(jsonPath("$.removed").doesNotExist());

        incidents.close(forgotten.number(), Incident.Outcome.RESOLVED_BY_PERSON, now);

        api.perform(get(old + "/run"))
                .andExpect(jsonPath("$.instances", hasSize(0)))
                .andExpect(jsonPath("$.removed").value(true));
        api.perform(get(old + "/variables")).andExpect(jsonPath("$.variables", hasSize(0)));
        api.perform(get(old + "/proposals")).andExpect(jsonPath("$.proposals", hasSize(0)));
    }

    @Test
    void what_is_not_there_is_said_with_where_to_look() throws Exception {
        solvedByRestart();
        String root = read(self + "/run").at("/instances/0/id").asText();
        fires();
        String other = "/api/incidents/INC-999999";

        for (String path : List.of("/run", "/run/x", "/variables", "/proposals")) {
            api.perform(get(other + path))
                    .andExpect(status().isNotFound())
                    .andExpect(jsonPath("$.detail", containsString("There is no incident INC-999999")));
        }
        api.perform(get(self + "/run/x"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.detail", containsString("has no process 'x'")));
        api.perform(get(other + "/run/" + root)).andExpect(status().isNotFound());
        api.perform(get("/api/incidents/7/run"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail", containsString("incident: '7' is not an incident's number")));
    }

    @Test
    void each_of_it_is_described() throws Exception {
        JsonNode paths = read("/api/openapi").path("paths");

        for (String path : List.of("/run", "/run/{instance}", "/proposals", "/variables")) {
            assertThat(paths.path("/api/incidents/{incident}" + path)
                            .at("/get/summary")
                            .asText())
                    .as(path)
                    .isNotBlank();
        }
    }

    private String text(String path) throws Exception {
        return api.perform(get(path))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private JsonNode read(String path) throws Exception {
        return json(text(path));
    }

    private static List<String> kinds(JsonNode run) {
        return run.path("instances").findValuesAsText("kind");
    }

    private static String instance(JsonNode run, String key) {
        return StreamSupport.stream(run.path("instances").spliterator(), false)
                .filter(instance -> instance.path("key").asText().equals(key))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    /** The first of all instances that has this outcome, and evidence where the outcome is a look. */
    private JsonNode pass(JsonNode run, String outcome) throws Exception {
        for (JsonNode instance : run.path("instances")) {
            for (JsonNode element :
                    read(self + "/run/" + instance.path("id").asText()).path("elements")) {
                for (JsonNode pass : element.path("passes")) {
                    boolean kept = !outcome.equals("looked") || pass.has("evidence");
                    if (pass.path("outcome").asText().equals(outcome) && kept) {
                        return pass;
                    }
                }
            }
        }
        throw new AssertionError("no pass was " + outcome);
    }
}
