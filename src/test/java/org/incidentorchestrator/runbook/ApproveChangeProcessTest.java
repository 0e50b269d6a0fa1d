package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.Announcement;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** A workload is isolated, or not, by what a second person says: the part, the step behind it, and the clock. */
@RecordApplicationEvents
class ApproveChangeProcessTest extends RunbookScenario {
    private static final String ASKED = "Approve change";
    private static final String ISOLATED = "PATCH Deployment a1-orchestrator/mcp-gateway";

    @Autowired
    ApplicationEvents events;

    @Autowired
    WebApplicationContext web;

    private String run;

    @BeforeEach
    void people() {
        account("alice", "l1");
        account("bea", "approver");
        account("carl", "approver");
        account("lea", "l3");
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("gate/isolate-by-approval.bpmn")
                .enableDuplicateFiltering(true)
                .deploy();
        breaks(Scenario.NEVER_HEALTHY);
    }

    private void demote(String id) {
        jdbc.sql("delete from ACT_ID_MEMBERSHIP where USER_ID_ = :id")
                .param("id", id)
                .update();
    }

    private void isIsolated(boolean walksAround, String mode) {
        run = engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "isolate-by-approval",
                        incident().number().toString(),
                        Map.of(
                                "target",
                                new Target("Deployment", Sandbox.NAMESPACE, GATEWAY).id(),
                                "mode",
                                mode,
                                "walksAround",
                                walksAround))
                .getId();
        work();
    }

    private void isAsked() {
        isIsolated(false, "EXECUTE");
    }

    private void says(String person, String answer) {
        says(person, answer, "", "");
    }

    /** Nothing follows yet. */
    private void says(String person, String answer, String reason, String alternative) {
        completes(
                person,
                ASKED,
                Map.of("approvalAnswer", answer, "approvalReason", reason, "approvalAlternative", alternative));
    }

    private void completes(String person, String task, Map<String, Object> form) {
        String id = task(task).getId();
        if (!person.equals(task(task).getAssignee())) {
            engine.getTaskService().setAssignee(id, null);
        }
        // As a login of long ago may have it: what counts is what the identity service has now.
        engine.getIdentityService().setAuthentication(person, List.of("approver", "l3"));
        try {
            engine.getTaskService().claim(id, person);
            engine.getTaskService().complete(id, new HashMap<>(form));
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }

    private Object variable(String name) {
        return engine.getRuntimeService().getVariable(run, name);
    }

    private List<String> refusals() {
        return jdbc.sql("select details from evidence where incident = :n and kind = 'STEP_REFUSED' order by id")
                .param("n", incident().number().value())
                .query(String.class)
                .list();
    }

    private List<String> isolations() {
        return changes();
    }

    private List<Announcement> announced(String about) {
        return events.stream(Announcement.class)
                .filter(one -> one.subject().endsWith(about))
                .toList();
    }

    @Test
    void it_is_offered_to_those_who_may_approve_and_told_to_approvers_at_once() {
        isAsked();

        assertThat(engine.getTaskService().getIdentityLinksForTask(task(ASKED).getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactlyInAnyOrder("approver", "l3", "l4");
        assertThat(announced("/asked")).singleElement().satisfies(told -> {
            assertThat(told.groups()).isEqualTo(Set.of("approver"));
            assertThat(told.text()).contains("May mcp-gateway be isolated?");
        });
        assertThat(isolations()).isEmpty();
    }

    @Test
    void the_form_shows_exactly_what_would_be_done_and_where() {
        isAsked();

        assertThat(String.valueOf(
                        engine.getTaskService().getVariable(task(ASKED).getId(), "approvalRequest")))
                .hasSizeLessThan(32 * 1024)
                .contains("May mcp-gateway be isolated?", "Deployment/a1-orchestrator/mcp-gateway", "sandbox")
                .contains("-  replicas: 2", "+  replicas: 0", "kubectl", "incident-orchestrator", "no guard objects")
                .contains("Rotate its secrets", "nobody yet");
    }

    @Test
    void its_card_says_of_which_incident_how_bad_and_until_when() {
        isAsked();

        String id = task(ASKED).getId();
        assertThat(engine.getTaskService().getVariables(id, List.of("severity", "summary")))
                .containsEntry("severity", "critical")
                .containsEntry("summary", incident().summary());
        assertThat(task(ASKED).getDueDate()).isAfter(java.util.Date.from(now()));
        assertThat(task(ASKED).getPriority())
                .as("before what responders are asked")
                .isEqualTo(110);
        assertThat(task(ASKED).getDescription()).startsWith(incident().number() + ", critical: ");
    }

    @Test
    void while_every_change_is_stopped_it_is_not_approved_and_stays_open() {
        isAsked();
        stops("lea", "the network is being worked on");
        assertThatThrownBy(() -> says("bea", "approve"))
                .hasStackTraceContaining("lea stopped every change at")
                .hasStackTraceContaining("the network is being worked on. What is approved now could not be done.");
        work();
        assertThat(isolations()).isEmpty();
        assertThat(tasks(ASKED)).hasSize(1);

        lifts("lea");
        says("bea", "approve");
        work();
        assertThat(isolations()).hasSize(1);
    }

    @Test
    void who_takes_it_does_not_take_the_incident_and_a_later_level_is_not_invited() {
        isAsked();
        claims("bea", ASKED);
        passes(Duration.ofMinutes(14));
        passes(Duration.ofMinutes(5));

        assertThat(incident().takenBy()).isEmpty();
        assertThat(incident().level()).isEqualTo(2);
        assertThat(engine.getTaskService().getIdentityLinksForTask(task(ASKED).getId()))
                .extracting(IdentityLink::getGroupId)
                .doesNotContain("l1", "l2");
    }

    @Test
    void approved_it_is_done_once() {
        isAsked();
        says("bea", "approve");
        work();

        assertThat(isolations()).hasSize(1);
        assertThat(incident().takenBy()).isEmpty();
        assertThat(told("APPROVAL_DECIDED")).singleElement().asString().contains("bea approved: May mcp-gateway");
        assertThat(jdbc.sql("select count(*) from approval where used_by is not null and incident = :n")
                        .param("n", incident().number().value())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "alice, approve,   approverNotAllowed",
        "nobody, approve,  approverNotAllowed",
        "lea,   approve,   approverNotAllowed",
        "BEA,   approve,   approverNotAllowed",
        "bea,   breakGlass, glassNotAllowed",
        "lea,   breakGlass, reasonTooShort",
        "bea,   reject,    noReason",
        "alice, lookAgain, approverNotAllowed"
    })
    void who_may_not_say_so_is_refused_on_the_record_and_the_task_stays(String person, String answer, String reason) {
        isAsked();

        assertThatThrownBy(() -> says(person, answer)).hasStackTraceContaining("ApprovalRefused");

        work();
        assertThat(isolations()).isEmpty();
        assertThat(tasks(ASKED)).hasSize(1);
        if (!reason.equals("unknownAnswer")) {
            assertThat(jdbc.sql("select details from evidence where incident = :n and kind = 'ACCESS_REFUSED'")
                            .param("n", incident().number().value())
                            .query(String.class)
                            .single())
                    .contains(reason);
        }
    }

    @Test
    void nobody_who_is_not_logged_in_decides_whoever_has_the_task() {
        isAsked();
        claims("bea", ASKED);

        assertThatThrownBy(() -> engine.getTaskService()
                        .complete(task(ASKED).getId(), new HashMap<>(Map.of("approvalAnswer", "approve"))))
                .hasStackTraceContaining("It is not known who answers");
    }

    @Test
    void whoever_has_the_incident_cannot_approve_and_the_next_approver_can() {
        claims("bea", "Respond to incident");
        isAsked();

        assertThatThrownBy(() -> says("bea", "approve")).hasStackTraceContaining("takes a second person");
        says("carl", "approve");
        work();

        assertThat(isolations()).hasSize(1);
    }

    @Test
    void whoever_took_the_incident_since_it_was_asked_cannot_approve() {
        isAsked();
        claims("bea", "Respond to incident");

        assertThatThrownBy(() -> says("bea", "approve")).hasStackTraceContaining("takes a second person");
    }

    @Test
    void a_responder_cannot_keep_it_from_those_who_may_approve() {
        isAsked();

        assertThatThrownBy(() -> claims("alice", ASKED)).hasStackTraceContaining("may not take a request");
    }

    @Test
    void rejected_it_goes_where_the_rejection_says() {
        isAsked();
        assertThatThrownBy(() -> says("bea", "reject", "too early", "explode"))
                .hasStackTraceContaining("watch, rotate");

        says("bea", "reject", "too early", "watch");
        work();

        assertThat(variable("decision")).isEqualTo("rejected");
        assertThat(variable("alternative")).isEqualTo("watch");
        assertThat(variable("approvalText")).asString().contains("bea rejected", "too early");
        assertThat(isolations()).isEmpty();
    }

    @Test
    void expired_to_the_minute_it_is_told_further_up_and_neither_approved_nor_rejected() {
        isAsked();

        passes(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(told("APPROVAL_EXPIRED")).isEmpty();
        passes(Duration.ofSeconds(1));

        assertThat(told("APPROVAL_EXPIRED")).hasSize(1);
        assertThat(announced("/expired")).singleElement().satisfies(told -> assertThat(told.groups())
                .isEqualTo(Set.of("l3", "l4", "approver")));
        assertThat(tasks(ASKED)).hasSize(1);
        assertThatThrownBy(() -> says("bea", "approve")).hasStackTraceContaining("Look again");
        assertThatThrownBy(() -> says("lea", "breakGlass", "nobody else can be reached now", ""))
                .hasStackTraceContaining("Look again");
        says("bea", "lookAgain");
        work();
        assertThat(variable("decision")).isEqualTo("lookAgain");
        assertThat(isolations()).isEmpty();
    }

    @Test
    void once_the_alert_has_ended_nobody_is_asked_any_more() {
        isAsked();
        resolves();
        work();

        assertThat(tasks(ASKED)).isEmpty();
        assertThat(variable("decision")).isEqualTo("noLongerAsked");
        assertThat(told("APPROVAL_DECIDED")).singleElement().asString().contains("no approval is asked for any more");
    }

    @Test
    void once_the_run_is_aborted_nobody_is_asked_any_more() {
        isAsked();
        jdbc.sql(
                        "update incident set aborted_at = :at, aborted_by = 'lea', aborted_reason = 'by hand' where number = :n")
                .param("at", Incidents.utc(now()))
                .param("n", incident().number().value())
                .update();
        engine.getRuntimeService()
                .createMessageCorrelation("incident.alertResolved")
                .processInstanceBusinessKey(incident().number().toString())
                .correlateAll();
        work();

        assertThat(variable("decision")).isEqualTo("noLongerAsked");
    }

    @Test
    void what_has_changed_since_it_was_approved_is_not_done() {
        isAsked();
        says("bea", "approve");
        somebodyRestartsWith(3);
        work();

        assertThat(refusals()).singleElement().asString().contains("planChanged");
        assertThat(isolations()).isEmpty();
    }

    @Test
    void whoever_is_no_approver_any_more_when_it_is_done_has_not_approved_it() {
        isAsked();
        says("bea", "approve");
        demote("bea");
        work();

        assertThat(refusals()).singleElement().asString().contains("approverNotAllowed");
        assertThat(isolations()).isEmpty();
    }

    @Test
    void whatever_path_led_there_the_step_refuses_without_an_approval() {
        isIsolated(true, "EXECUTE");

        assertThat(refusals()).singleElement().asString().contains("approvalNeeded");
        assertThat(isolations()).isEmpty();
    }

    @Test
    void what_is_written_into_the_database_is_no_approval_and_becomes_a_persons_question() {
        isAsked();
        jdbc.sql(
                        """
                        update approval set decision = 'APPROVED', decided_by = 'bea', decided_at = requested_at,
                            reason = '', mac = request_mac where incident = :n""")
                .param("n", incident().number().value())
                .update();
        jdbc.sql("update proposal set decision = 'ACCEPTED', decided_by = 'bea' where incident = :n")
                .param("n", incident().number().value())
                .update();
        engine.getRuntimeService()
                .createProcessInstanceModification(run)
                .startBeforeActivity("act")
                .execute();
        work();

        assertThat(refusals()).singleElement().asString().contains("approvalForged");
        assertThat(told("ACCESS_REFUSED")).singleElement().asString().contains("does not verify", "approval.key-file");
        assertThat(taskNames()).anyMatch(name -> name.contains("does not verify"));
        assertThat(isolations()).isEmpty();
    }

    @Test
    void the_glass_is_broken_by_one_person_told_to_everybody_and_reviewed_by_another() {
        claims("lea", "Respond to incident");
        isAsked();
        says("lea", "breakGlass", "no approver answers, and it spreads", "");
        work();

        assertThat(isolations()).hasSize(1);
        assertThat(told("GLASS_BROKEN")).singleElement().asString().contains("lea broke the glass", "it spreads");
        assertThat(announced("/glass")).singleElement().satisfies(told -> assertThat(told.groups())
                .isEqualTo(Set.of("l1", "l2", "l3", "l4", "approver")));
        Task review = task("Review broken glass");
        account("lea", "approver");
        assertThatThrownBy(() -> claims("lea", "Review broken glass")).hasStackTraceContaining("broke this glass");
        assertThatThrownBy(() -> completes("lea", "Review broken glass", Map.of("reviewNote", "all fine")))
                .hasStackTraceContaining("broke this glass");
        assertThat(engine.getTaskService().getIdentityLinksForTask(review.getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactly("approver");
        completes("bea", "Review broken glass", Map.of("reviewNote", "right; page approvers earlier"));
        assertThat(told("GLASS_REVIEWED")).singleElement().asString().contains("bea", "page approvers earlier");
    }

    @Test
    void in_a_rehearsal_people_are_asked_too_and_nothing_is_changed() {
        isIsolated(false, "REHEARSE");
        says("bea", "approve");
        work();

        assertThat(told("STEP_REHEARSED")).hasSize(1);
        assertThat(isolations()).isEmpty();
    }

    @Test
    void over_the_api_it_is_answered_as_whoever_logs_in_whoever_has_the_task() throws Exception {
        password("alice");
        password("bea");
        isAsked();
        claims("carl", ASKED);
        MockMvc api = MockMvcBuilders.webAppContextSetup(web)
                .addFilters(web.getBean("springSecurityFilterChain", Filter.class))
                .build();
        String listed = api.perform(get("/api/approvals").headers(login("bea")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[0].state").value("open"))
                .andExpect(jsonPath("$[0].changes[0].diff").value(containsString("+  replicas: 0")))
                .andExpect(jsonPath("$[0].changes[0].clusterName").value("sandbox"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        int id = JsonPath.read(listed, "$[0].id");
        String decision = "/api/approvals/" + id + "/decision";

        api.perform(post(decision).headers(login("alice")).content("{\"decision\": \"approve\"}"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.reason").value("approverNotAllowed"));
        api.perform(post(decision).headers(login("bea")).content("{\"decision\": \"reject\", \"reason\": \"no\"}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.reason").value("unknownAlternative"));
        api.perform(post(decision).headers(login("bea")).content("{\"decision\": \"approve\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("approved"))
                .andExpect(jsonPath("$.decidedBy").value("bea"));
        api.perform(post(decision).headers(login("bea")).content("{\"decision\": \"approve\"}"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.reason").value("approvalDecided"));
        work();
        assertThat(isolations()).hasSize(1);
    }

    private void password(String person) {
        User user = engine.getIdentityService().createUserQuery().userId(person).singleResult();
        user.setPassword("a-Long-1-of-" + person.hashCode());
        // Whoever is in a group that decides changes the password, and nobody else.
        engine.getIdentityService().setAuthentication(person, List.of("camunda-admin"));
        try {
            engine.getIdentityService().saveUser(user);
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }

    private static HttpHeaders login(String person) {
        var headers = new HttpHeaders();
        headers.setBasicAuth(person, "a-Long-1-of-" + person.hashCode());
        headers.setContentType(MediaType.APPLICATION_JSON);
        return headers;
    }
}
