package org.incidentorchestrator.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.incidentorchestrator.approval.paging.PagingSchedule;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.RecordProof;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.CommonCause;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.runbook.Escalations;
import org.incidentorchestrator.runbook.RunbookProgress;
import org.incidentorchestrator.step.StopSwitch;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class IncidentApiTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final TestDatabase database = TestDatabase.create();
    private final ProcessEngine engine = TestEngine.on(database);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Incidents incidents = new Incidents(database.jdbc());
    private MockMvc api;

    @BeforeEach
    void build() {
        var conversion = new DefaultFormattingConversionService();
        conversion.addConverter(new IncidentNumberConverter());
        var artefacts = database.artefacts(clock);
        var json = Jackson2ObjectMapperBuilder.json()
                .featuresToDisable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .serializationInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
                .build();
        api = MockMvcBuilders.standaloneSetup(
                        new IncidentController(
                                incidents,
                                new Timeline(database.jdbc()),
                                new WhatNext(
                                        new RunbookProgress(engine, database.jdbc()),
                                        new PagingSchedule(Escalations.defaults(new Timeline(database.jdbc()))),
                                        new CommonCauses(database.jdbc()),
                                        new StopSwitch(database.jdbc()),
                                        Clock.systemUTC()),
                                new CommonCauses(database.jdbc()),
                                Clock.systemUTC()),
                        new EvidenceController(
                                incidents,
                                artefacts,
                                new RecordProof(new JdbcTemplate(database.dataSource()), database.transactions())))
                .setControllerAdvice(new ProblemAdvice())
                .setConversionService(conversion)
                .setMessageConverters(
                        new ByteArrayHttpMessageConverter(),
                        new StringHttpMessageConverter(),
                        new MappingJackson2HttpMessageConverter(json))
                .build();
    }

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    @Test
    void incidents_are_listed_newest_first_page_by_page() throws Exception {
        for (String workload : List.of("a", "b", "c")) {
            open(workload);
        }
        incidents.close(new IncidentNumber(2), Incident.Outcome.RESOLVED_BY_RUNBOOK, NOW);

        api.perform(get("/api/incidents"))
                .andExpect(jsonPath("$.incidents[*].id", contains("INC-3", "INC-2", "INC-1")))
                .andExpect(jsonPath("$.incidents[1].outcome").value("resolvedByRunbook"))
                .andExpect(jsonPath("$.incidents[0].openedAt").value("2026-01-02T03:04:05Z"))
                .andExpect(jsonPath("$.next").doesNotExist());
        api.perform(get("/api/incidents?state=closed")).andExpect(jsonPath("$.incidents[*].id", contains("INC-2")));
        api.perform(get("/api/incidents?state=open&limit=1"))
                .andExpect(jsonPath("$.incidents[*].id", contains("INC-3")))
                .andExpect(jsonPath("$.next").value("/api/incidents?state=open&before=INC-3&limit=1"));
        api.perform(get("/api/incidents?state=open&before=INC-3&limit=1"))
                .andExpect(jsonPath("$.incidents[*].id", contains("INC-1")))
                .andExpect(jsonPath("$.next").doesNotExist());
    }

    @Test
    void incidents_are_looked_for_and_the_next_page_looks_for_the_same() throws Exception {
        for (String workload : List.of("Checkout-api", "ledger", "checkout-worker", "checkout-page")) {
            open(workload);
        }

        api.perform(get("/api/incidents").queryParam("service", "checkout").queryParam("number", ""))
                .andExpect(jsonPath("$.incidents[*].id", contains("INC-4", "INC-3", "INC-1")));
        api.perform(get("/api/incidents?number=2")).andExpect(jsonPath("$.incidents[*].id", contains("INC-2")));
        api.perform(get("/api/incidents?number=INC-2")).andExpect(jsonPath("$.incidents[*].id", contains("INC-2")));
        api.perform(get("/api/incidents?person=alice&limit=1")).andExpect(jsonPath("$.incidents", hasSize(0)));
        String next = "/api/incidents?state=open&service=checkout&namespace=shop&severity=critical"
                + "&from=2026-01-02T03%3A00%3A00Z&to=2026-01-03T00%3A00%3A00Z&before=INC-3&limit=2";
        api.perform(get("/api/incidents?service=checkout&severity=critical&namespace=shop&state=open"
                        + "&from=2026-01-02T03:00:00Z&to=2026-01-03T00:00:00Z&limit=2"))
                .andExpect(jsonPath("$.incidents[*].id", contains("INC-4", "INC-3")))
                .andExpect(jsonPath("$.next").value(next));
        api.perform(get(java.net.URI.create(next)))
                .andExpect(jsonPath("$.incidents[*].id", contains("INC-1")))
                .andExpect(jsonPath("$.next").doesNotExist());
    }

    @Test
    void an_incident_tells_what_happens_next_and_when() throws Exception {
        open("a");
        startLadder("INC-1");

        api.perform(get("/api/incidents/INC-1"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.id").value("INC-1"))
                .andExpect(jsonPath("$.next.tasks[0].name").value("Respond to incident"))
                .andExpect(jsonPath("$.next.tasks[0].groups", contains("l1")))
                .andExpect(jsonPath("$.next.timers[0].at").value("2030-01-01T00:15:00Z"))
                .andExpect(jsonPath("$.next.inWords[0]", containsString("Respond to incident: waits for one of l1")))
                .andExpect(jsonPath(
                        "$.next.inWords[1]", containsString("Paged next: L1 Platform Engineer at 03:04:05 UTC")))
                .andExpect(jsonPath("$.next.inWords[2]").value("At 2030-01-01T00:15:00Z: Level 2 due."))
                .andExpect(jsonPath("$.links.timeline").value("/api/incidents/INC-1/timeline"));
    }

    @Test
    void one_that_waits_names_what_it_waits_on_and_that_one_names_who_waits() throws Exception {
        IncidentNumber child = open("a");
        startLadder("INC-1");
        var cause = new CommonCause(CommonCause.Kind.NODE_NOT_READY, "worker-1");
        Incident parent = incidents.declare(cause.key(), Severity.CRITICAL, cause.inWords(), Entry.SELF, null, NOW);
        Instant until = Instant.parse("2999-01-01T00:00:00Z");
        new CommonCauses(database.jdbc()).await(child, parent.number(), until, NOW);

        api.perform(get("/api/incidents/INC-1"))
                .andExpect(jsonPath("$.parent").value("INC-2"))
                .andExpect(jsonPath("$.heldUntil").value("2999-01-01T00:00:00Z"))
                .andExpect(jsonPath("$.children").doesNotExist())
                .andExpect(
                        jsonPath(
                                "$.next.inWords[1]",
                                containsString(
                                        "Waits on INC-2 (node worker-1 is NotReady) until 2999-01-01T00:00:00Z at the latest. ")));
        api.perform(get("/api/incidents/INC-2"))
                .andExpect(jsonPath("$.children[0].id").value("INC-1"))
                .andExpect(jsonPath("$.children[0].workload").value("a"))
                .andExpect(jsonPath("$.children[0].waits").value(true));
    }

    @Test
    void a_closed_incident_waits_for_nothing() throws Exception {
        open("a");
        incidents.close(new IncidentNumber(1), Incident.Outcome.RESOLVED_BY_PERSON, NOW);

        api.perform(get("/api/incidents/INC-1"))
                .andExpect(jsonPath("$.state").value("closed"))
                .andExpect(jsonPath("$.next.inWords", contains("Nothing: the incident is closed.")));
    }

    @Test
    void the_timeline_leads_to_the_evidence_and_the_evidence_has_its_digest() throws Exception {
        keep(open("a"), "línea 1\npassword=hunter2\n");
        api.perform(get("/api/incidents/INC-1/timeline?limit=1"))
                .andExpect(jsonPath("$.entries", hasSize(1)))
                .andExpect(jsonPath("$.entries[0].kind").value("stepLooked"))
                .andExpect(jsonPath("$.entries[0].details.pods").value(2))
                .andExpect(jsonPath("$.entries[0].evidence[0].href").value("/api/incidents/INC-1/evidence/1"))
                .andExpect(jsonPath("$.next").value("/api/incidents/INC-1/timeline?after=1&limit=1"));
        api.perform(get("/api/incidents/INC-1/timeline?after=1&limit=1"))
                .andExpect(jsonPath("$.entries[0].summary").value("closed"))
                .andExpect(jsonPath("$.next").doesNotExist());

        var kept = api.perform(get("/api/incidents/INC-1/evidence/1"))
                .andExpect(content().contentType("text/plain;charset=UTF-8"))
                .andExpect(content().string("línea 1\npassword=[redacted password]\n"))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Content-Disposition", containsString("attachment; ")))
                .andReturn()
                .getResponse();
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(kept.getContentAsByteArray());
        assertThat(kept.getHeader("Repr-Digest"))
                .isEqualTo("sha-256=:" + java.util.Base64.getEncoder().encodeToString(digest) + ":");
    }

    @Test
    void a_plot_is_a_picture_and_is_never_shown_as_a_page_of_ours() throws Exception {
        keep(open("a"), new Artefact("memory.svg", "image/svg+xml", "kubectl top pods", "<svg/>"));

        api.perform(get("/api/incidents/INC-1/evidence/1"))
                .andExpect(content().contentType("image/svg+xml"))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Content-Disposition", containsString("attachment; ")));
    }

    @Test
    void evidence_of_another_incident_is_not_found() throws Exception {
        open("a");
        keep(open("b"), "x");

        api.perform(get("/api/incidents/INC-1/evidence/1")).andExpect(status().isNotFound());
        api.perform(get("/api/incidents/INC-2/evidence/1")).andExpect(status().isOk());
    }

    @Test
    void the_chain_is_verified_on_request() throws Exception {
        open("a");
        api.perform(get("/api/incidents/INC-1/verify"))
                .andExpect(jsonPath("$.intact").value(true));

        database.jdbc()
                .sql(
                        "insert into evidence (incident, at, kind, actor, activity, summary, details, seq, prev_hash, hash)"
                                + " values (1, now(), 'PAGED', 'x', '', 'forged', '{}', 1, 'x', 'x')")
                .update();

        api.perform(get("/api/incidents/INC-1/verify"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.intact").value(false))
                .andExpect(jsonPath("$.at").value(1))
                .andExpect(jsonPath("$.where.summary").value("forged"))
                .andExpect(jsonPath("$.where.incident").value("INC-1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/api/incidents/7; 400; incident: '7' is not an incident's number; write it as 'INC-1'.",
                "/api/incidents/inc-1; 400; incident: 'inc-1' is not an incident's number",
                "/api/incidents/INC-99999999999999999999; 400; is not an incident's number",
                "/api/incidents/INC-7; 404; There is no incident INC-7",
                "/api/incidents/INC-7/timeline; 404; There is no incident INC-7",
                "/api/incidents/INC-7/verify; 404; There is no incident INC-7",
                "/api/incidents/INC-7/evidence/1; 404; INC-7 has no evidence 1",
                "/api/incidents/INC-7/evidence/x; 400; number: 'x' is not a whole number",
                "/api/incidents?state=broken; 400; state is 'broken'; it must be open, closed or all.",
                "/api/incidents?limit=0; 400; limit is '0'; it must be greater than or equal to 1.",
                "/api/incidents?limit=x; 400; limit: 'x' is not a whole number",
                "/api/incidents?before=x; 400; before: 'x' is not an incident's number",
                "/api/incidents?number=x; 400; number is 'x'; it must be a number as INC-7 or 7.",
                "/api/incidents?severity=bad; 400; severity is 'bad'; it must be critical, warning, info or unknown.",
                "/api/incidents?from=yesterday; 400; from: 'yesterday' is not a time; write it as 2026-",
                "/api/incidents?to=x; 400; to: 'x' is not a time",
            })
    void a_wrong_request_is_told_what_to_write_instead(String request, int expected, String detail) throws Exception {
        api.perform(get(request))
                .andExpect(status().is(expected))
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail", containsString(detail)));
    }

    @Test
    void what_fails_inside_shows_an_id_and_nothing_else() throws Exception {
        database.jdbc().sql("drop table incident").update();

        api.perform(get("/api/incidents"))
                .andExpect(status().isInternalServerError())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.id").isNotEmpty())
                .andExpect(content().string(not(containsString("select"))))
                .andExpect(content().string(not(containsString("Exception"))));
    }

    private IncidentNumber open(String workload) {
        var key = new IncidentKey("ServiceDown", "shop", workload);
        var alert = new Alert(
                "alertmanager", Alert.Status.FIRING, workload, NOW, key, Severity.CRITICAL, "down", Map.of(), Map.of());
        return incidents.open(alert, NOW).number();
    }

    private void keep(IncidentNumber incident, String text) {
        keep(incident, Artefact.text("ä \"a\".log", "kubectl logs a", text));
    }

    private void keep(IncidentNumber incident, Artefact artefact) {
        var log = database.evidence(clock);
        var looked =
                Entry.of(Entry.Kind.STEP_LOOKED, incident, Entry.SELF, "looked").with(Map.of("pods", 2));
        database.inTransaction(() -> database.artefacts(clock).keep(incident, log.append(looked), List.of(artefact)));
        log.append(Entry.of(Entry.Kind.INCIDENT_CLOSED, incident, Entry.SELF, "closed"));
    }

    private void startLadder(String businessKey) {
        var ladder = Bpmn.createExecutableProcess("ladder")
                .startEvent()
                .userTask("respond")
                .name("Respond to incident")
                .camundaCandidateGroups("l1")
                .boundaryEvent("level2")
                .cancelActivity(false)
                .name("Level 2 due")
                .timerWithDate("2030-01-01T00:15:00Z")
                .endEvent()
                .moveToActivity("respond")
                .endEvent()
                .done();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("ladder.bpmn", ladder)
                .deploy();
        engine.getRuntimeService().startProcessInstanceByKey("ladder", businessKey);
    }
}
