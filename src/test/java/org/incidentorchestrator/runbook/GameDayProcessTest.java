package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.IncidentNumber;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** A game day is worked like the night that it plays, and nobody is woken by it. */
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:game-day;DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "notify.base-url=https://incidents.example.org"
        })
class GameDayProcessTest extends RunbookScenario {
    private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private static final Principal ALICE = () -> "alice";

    @Autowired
    private WebApplicationContext web;

    private MockMvc api;

    @DynamicPropertySource
    static void everybodyHasAMailbox(DynamicPropertyRegistry settings) throws IOException {
        MAIL.start();
        Path contacts = Files.writeString(
                Files.createTempDirectory("game-day").resolve("on-call.yml"),
                """
                contacts:
                  - {name: Alice, user: alice, addresses: [{mail: alice@example.org}]}
                groups:
                  l1: {contacts: [Alice]}
                  l2: {contacts: [Alice]}
                  l3: {contacts: [Alice]}
                  l4: {contacts: [Alice]}
                  approver: {contacts: [Alice]}
                """);
        settings.add("on-call.file", contacts::toString);
        settings.add("notify.mail.host", () -> "localhost");
        settings.add("notify.mail.port", () -> MAIL.getSmtp().getPort());
        settings.add("notify.mail.security", () -> "plain");
        settings.add("notify.mail.from", () -> "incidents@example.org");
    }

    @AfterAll
    static void close() {
        MAIL.stop();
    }

    @BeforeEach
    void build() throws Exception {
        api = MockMvcBuilders.webAppContextSetup(web).build();
        MAIL.purgeEmailFromAllMailboxes();
        jdbc.sql("delete from notification").update();
        jdbc.sql("delete from target_lock").update();
    }

    @Test
    void an_exercise_is_worked_to_its_end_and_nobody_is_told_of_it_outside() throws Exception {
        IncidentNumber exercise = plays("crash-until-restarted");
        passes(Duration.ofMinutes(15));

        assertThat(taskNames()).containsExactly("EXERCISE: Decide on remedy", "EXERCISE: Respond to incident");
        assertThat(task("EXERCISE: Respond to incident").getDescription())
                .startsWith("EXERCISE: mcp-gateway")
                .contains("Nobody is paged; next would be: L3 Platform Architect");
        assertThat(told(exercise, "PAGED"))
                .containsExactly(
                        "EXERCISE: would have paged L1 Platform Engineer",
                        "EXERCISE: would have paged L2 Senior Platform Engineer");

        answers("bob", "EXERCISE: Decide on remedy", Map.of("decision", "apply", "decisionNote", ""));
        passes(Duration.ofMinutes(10));

        assertThat(incidents.get(exercise).outcome()).hasToString("RESOLVED_BY_RUNBOOK");
        assertThat(changes()).hasSize(1);
        assertThat(ask(get("/api/incidents/" + exercise + "/report")).getContentAsString())
                .contains("Decided by bob at", "The verification held: well since", "rollout restart", "```diff");
        assertThat(outbox()).isEmpty();
        assertThat(MAIL.getReceivedMessages()).isEmpty();
        assertThat(told(exercise, "NOT_NOTIFIED")).isNotEmpty().allSatisfy(line -> assertThat(line)
                .startsWith("EXERCISE: "));
    }

    @Test
    void everything_that_shows_an_exercise_says_so_at_the_top() throws Exception {
        String self = "/api/incidents/" + plays("crash-until-restarted");
        work();

        assertThat(ask(get(self)).getContentAsString()).startsWith("{\"exercise\":true,");
        assertThat(json(ask(get(self)).getContentAsString())
                        .at("/next/inWords/0")
                        .asText())
                .isEqualTo("EXERCISE: nobody is paged or told outside of Tasklist.");
        assertThat(ask(get(self + "/timeline")).getContentAsString()).startsWith("{\"exercise\":true,");
        assertThat(ask(get(self + "/report")).getContentAsString()).startsWith("# EXERCISE: INC-");
        assertThat(json(ask(get("/api/incidents")).getContentAsString())
                        .at("/incidents/0/exercise")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_real_incident_of_the_same_key_is_opened_beside_it_and_pages() throws Exception {
        IncidentNumber exercise = plays("never-healthy");
        work();

        fires();
        work();

        assertThat(incident().number()).isNotEqualTo(exercise);
        assertThat(incident().exercise()).isFalse();
        assertThat(told("PAGED")).containsExactly("paged L1 Platform Engineer");
        assertThat(taskNames()).contains("Respond to incident", "EXERCISE: Respond to incident");
        assertThat(outbox()).containsOnly(incident().number().value());
        await().until(() -> MAIL.getReceivedMessages().length > 0);
        assertThat(MAIL.getReceivedMessages()).allSatisfy(mail -> assertThat(mail.getSubject())
                .contains(incident().number().toString()));
    }

    @Test
    void an_exercise_that_works_on_a_target_gives_way_to_a_real_incident() throws Exception {
        IncidentNumber exercise = plays("never-healthy");
        work();
        answers("bob", "EXERCISE: Decide on remedy", Map.of("decision", "apply", "decisionNote", ""));
        work();
        assertThat(holder()).containsExactly(exercise.value());
        passes(Duration.ofMinutes(6));

        fires();
        work();
        decides("carl", "apply");

        assertThat(holder()).containsExactly(incident().number().value());
        assertThat(told("STEP_APPLIED")).hasSize(1);
    }

    @Test
    void what_a_game_day_cannot_play_is_told_at_once() throws Exception {
        var wrong = ask(post("/api/game-days")
                .principal(ALICE)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"scenario\":\"flood\",\"workload\":\"No Name\",\"severity\":\"bad\"}"));

        assertThat(wrong.getStatus()).isEqualTo(400);
        assertThat(json(wrong.getContentAsString()).path("detail").asText())
                .contains("'flood' is not a scenario", "workload is 'No Name'", "severity is 'bad'");
    }

    @Test
    void one_exercise_of_a_key_is_open_at_a_time() throws Exception {
        IncidentNumber exercise = plays("never-healthy");

        var second = ask(day("never-healthy"));

        assertThat(second.getStatus()).isEqualTo(409);
        assertThat(second.getContentAsString()).contains("/api/incidents/" + exercise);
    }

    private IncidentNumber plays(String scenario) throws Exception {
        sandbox.play(org.incidentorchestrator.sandbox.Scenario.named(scenario), GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        MockHttpServletResponse begun = ask(day(scenario));
        assertThat(begun.getStatus()).as(begun.getContentAsString()).isEqualTo(201);
        JsonNode told = json(begun.getContentAsString());
        assertThat(told.path("exercise").asBoolean()).isTrue();
        return IncidentNumber.parse(told.path("incident").asText());
    }

    private static MockHttpServletRequestBuilder day(String scenario) {
        return post("/api/game-days")
                .principal(ALICE)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"scenario\":\"" + scenario + "\",\"workload\":\"" + GATEWAY + "\"}");
    }

    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request) throws Exception {
        return api.perform(request).andReturn().getResponse();
    }

    /** The incidents that somebody is told of. */
    private List<Long> outbox() {
        return jdbc.sql("select incident from notification").query(Long.class).list();
    }

    private List<Long> holder() {
        return jdbc.sql("select incident from target_lock").query(Long.class).list();
    }

    private List<String> told(IncidentNumber incident, String kind) {
        return jdbc.sql("select summary from evidence where incident = :incident and kind = :kind order by id")
                .param("incident", incident.value())
                .param("kind", kind)
                .query(String.class)
                .list();
    }
}
