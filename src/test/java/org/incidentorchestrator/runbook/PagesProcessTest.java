package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.support.CountedStatements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/**
 * What the pages in Cockpit cost the database: each by its name, with all the requests that it makes when somebody opens
 * it, which CockpitE2E sees; a tab is counted by itself. Signing in aside.
 */
class PagesProcessTest extends RunbookScenario {
    private static final int MOST = 10;

    @Autowired
    WebApplicationContext program;

    @Autowired
    CountedStatements statements;

    @Autowired
    CommonCauses causes;

    private MockMvc api;
    private String self;

    @BeforeEach
    void call() {
        api = MockMvcBuilders.webAppContextSetup(program).build();
    }

    @Test
    void no_page_about_an_incident_that_is_over_asks_more_than_ten_times() throws Exception {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "apply");
        passes(Duration.ofMinutes(20));
        assertThat(incident().open()).isFalse();

        eachAsksFewTimes(pages());
    }

    /** Somebody has it, it waits on another one, and everything is stopped: all that can be told of one that is open. */
    @Test
    void no_page_about_an_incident_that_is_open_asks_more_than_ten_times_whatever_there_is_to_tell() throws Exception {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        claims("carl", "Decide on remedy");
        Incident cause = cause("zone/a");
        causes.await(incident().number(), cause.number(), now().plus(Duration.ofHours(1)), now());
        stops("bob", "we look first");

        try {
            self = "/api/incidents/" + incident().number();
            assertThat(read(self).at("/next/inWords").toString())
                    .contains("Nothing is changed", "Waits on " + cause.number(), "carl has it; given back if");
            eachAsksFewTimes(pages());
            eachAsksFewTimes(Map.of("Incident that others wait on", List.of("/api/incidents/" + cause.number())));
        } finally {
            lifts("bob");
            incidents.close(cause.number(), Incident.Outcome.RESOLVED_BY_PERSON, now());
        }
    }

    private Incident cause(String where) {
        var key = new IncidentKey("CommonCause", "", where + "-" + incident().number());
        return incidents.declare(key, Severity.CRITICAL, "many services are down", "alice", null, now());
    }

    /** By name; of the page of an incident there is one for each process that may be chosen there. */
    private Map<String, List<String>> pages() throws Exception {
        IncidentNumber number = incident().number();
        self = "/api/incidents/" + number;
        Map<String, List<String>> pages = new LinkedHashMap<>();
        pages.put("Incidents", List.of("/api/incidents?state=all&limit=200"));
        pages.put(
                "Incidents, searched",
                List.of("/api/incidents?state=all&service=mcp&namespace=a1&runbook=r&severity=critical&person=alice"
                        + "&from=2020-01-01T00:00:00Z&to=2040-01-01T00:00:00Z&before=" + number));
        pages.put("Operations", List.of("/api/operations", "/api/operations/lines"));
        JsonNode instances = read(self + "/run").path("instances");
        for (int i = 0; i < instances.size(); i++) {
            String path = self + "/run/" + instances.get(i).path("id").asText();
            String name = "Incident, at its process %d, %s"
                    .formatted(i, instances.get(i).path("key").asText());
            pages.put(name, List.of(self, self + "/run", path));
        }
        pages.put("Tab of an instance: Incident", List.of(self));
        pages.put("Tab Timeline", List.of(self + "/timeline?limit=200"));
        pages.put("Tab Evidence", List.of(self + "/timeline?limit=1000"));
        pages.put("Tab Decisions", List.of(self + "/proposals"));
        pages.put("Tab Variables", List.of(self + "/variables", self + "/run"));
        pages.put("Tab Record, of the incident", List.of(self + "/verify"));
        pages.put("Tab Record, of everything", List.of("/api/record/verify"));
        pages.put("Tab Report", List.of(self + "/report.md"));
        return pages;
    }

    private void eachAsksFewTimes(Map<String, List<String>> pages) throws Exception {
        Map<String, List<String>> asked = new LinkedHashMap<>();
        for (var page : pages.entrySet()) {
            open(page.getValue()); // A model is read once.
            asked.put(page.getKey(), statements.of(() -> open(page.getValue())));
        }
        asked.forEach((page, all) -> System.out.printf("%-60s %2d%n", page, all.size()));
        assertThat(asked).allSatisfy((page, all) -> assertThat(all)
                .as(page + " asks:\n" + String.join("\n", all))
                .hasSizeBetween(1, MOST));
    }

    private void open(List<String> requests) throws Exception {
        for (String request : requests) {
            text(request);
        }
    }

    private JsonNode read(String path) throws Exception {
        return json(text(path));
    }

    private String text(String path) throws Exception {
        return api.perform(get(path))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
