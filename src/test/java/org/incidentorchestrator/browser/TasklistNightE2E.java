package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.NavigateOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.incidentorchestrator.program.PagerMessage;
import org.incidentorchestrator.program.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the people of a night find in Tasklist: whoever responds first, whoever it is escalated to, and eight of them at
 * once. The second level is paged after seconds, by mail.
 */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class TasklistNightE2E {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String PASSWORD = "Quite-l0ng-secret!";
    private static final int PEOPLE = 8;
    private static final Pattern TASK = Pattern.compile("http://\\S+/#/\\?task=[0-9a-f-]+");
    private static final String ON_CALL =
            """
            contacts:
              - {name: First on call, user: responder, addresses: [{mail: first@example.org}]}
              - {name: Senior on call, user: senior, addresses: [{mail: senior@example.org}]}
            groups:
              l1: {contacts: [First on call]}
              l2: {contacts: [Senior on call]}
              l3: {contacts: [Senior on call]}
              l4: {contacts: [Senior on call]}
              approver: {contacts: [Senior on call]}
            """;

    @TempDir
    static Path folder;

    private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private static WatchedProgram program;

    @BeforeAll
    static void start() throws IOException {
        MAIL.start();
        Path onCall = Files.writeString(folder.resolve("on-call.yml"), ON_CALL);
        var told = Program.in(folder.resolve("data")).with("on-call.file", onCall);
        program = WatchedProgram.start(told.with("escalation.response-times", "5s,3h,3h,4h")
                .with("notify.base-url", "http://localhost:" + told.port())
                .with("notify.mail.host", "localhost")
                .with("notify.mail.port", MAIL.getSmtp().getPort())
                .with("notify.mail.security", "plain")
                .with("notify.mail.from", "incidents@example.org"));
        program.account("senior", PASSWORD, "l2");
    }

    @AfterAll
    static void stop() {
        program.close();
        MAIL.stop();
    }

    @Test
    void a_senior_who_is_paged_opens_the_task_out_of_the_mail_and_finds_all_of_the_incident() throws IOException {
        String incident = breaks("mcp-gateway");
        Page page = program.chromium().window();
        page.navigate(linkIn("senior@example.org", incident));
        WebApp.tasklist(program.program()).logInHere(page, "senior", PASSWORD);
        Tasklist senior = Tasklist.on(page);
        senior.shows("Respond to incident");
        assertThat(senior.form()).containsText(incident + ": ServiceDown on a1-orchestrator/mcp-gateway");
        Chromium.keep(page, "night-1-out-of-the-mail");

        senior.in("Escalated");
        Locator respond = senior.card("Respond to incident", incident);
        assertThat(respond).containsText("Escalated to: L2 Senior Platform Engineer");
        assertThat(respond).containsText("Service: mcp-gateway");
        assertThat(respond).containsText("Severity: critical");
        assertThat(respond).containsText("Due in 3 hours");
        senior.opens("Decide on remedy", incident);
        assertThat(senior.form()).containsText("Restart Deployment a1-orchestrator/mcp-gateway");
        assertThat(senior.form()).containsText("rollout restart deployment/mcp-gateway");
        Chromium.keep(page, "night-2-escalated");
        Chromium.picture(page, Chromium.PICTURES.resolve("tasklist-escalated.png"));
        readsEvidence(senior, incident);

        senior.opens("Decide on remedy", incident).claims().chooses("Apply");
        Chromium.keep(page, "night-3-decides");
        assertThat(senior.card("Respond to incident", incident)).containsText("senior");
        senior.complete().click();
        program.awaitTold(incident, "senior decided: apply");
    }

    /** Behind the link that every form has, and behind those of the report, with the session of Tasklist. */
    private static void readsEvidence(Tasklist senior, String incident) {
        Page page = senior.page();
        String task = page.url();
        page.navigate(
                program.address(senior.form().getByText("what happened so far").getAttribute("href")));
        assertThat(page.locator("body")).containsText("L2 Senior Platform Engineer");
        Chromium.keep(page, "night-4-the-report");
        Locator evidence = page.locator("a[href*='evidence/']").first();
        var kept = page.waitForDownload(evidence::click);
        assertThat(kept.path()).as("what was kept, as a file").isNotEmptyFile();
        page.navigate(task);
    }

    @Test
    void a_responder_works_an_incident_through_the_filters() throws IOException {
        String incident = breaks("mcp-config");
        Tasklist responder = program.tasklist("responder");
        assertThat(responder.filters())
                .containsText(new String[] {"To do", "Mine", "My groups", "Escalated", "Approvals", "All open tasks"});
        responder.opens("Respond to incident", incident);
        Chromium.keep(responder.page(), "filters-1-to-do");
        responder.claims();
        assertThat(responder.card("Respond to incident", incident)).containsText("Responder");

        responder.in("Mine").opens("Respond to incident", incident);
        assertThat(responder.card("Decide on remedy", incident)).isHidden();
        Chromium.keep(responder.page(), "filters-2-mine");
        responder.in("My groups").opens("Decide on remedy", incident);
        assertThat(responder.card("Respond to incident", incident)).isHidden();
        responder.claims().chooses("Apply").complete().click();
        program.awaitTold(incident, "responder decided: apply");
        program.awaitTold(incident, "runbook service-down ended: resolved");
        responder.in("Mine");
        assertThat(responder.card("Respond to incident", incident))
                .isHidden(new IsHiddenOptions().setTimeout(SOON.toMillis()));
        responder.in("Approvals");
        assertThat(responder.page().locator("li.task")).hasCount(0);
    }

    @Test
    void eight_people_who_log_in_at_once_each_find_what_they_have() {
        List<String> people =
                IntStream.rangeClosed(1, PEOPLE).mapToObj(i -> "night" + i).toList();
        List<String> incidents = new ArrayList<>();
        for (String person : people) {
            program.account(person, PASSWORD, "l1");
            fires("Unheard" + person, "mcp-policy-proxy");
            String incident = program.incidentWith("alertName", "Unheard" + person);
            program.api()
                    .post("admin", "/api/incidents/" + incident + "/hand-over", Map.of("to", person, "note", "yours"));
            incidents.add(incident);
        }
        List<Page> windows =
                people.stream().map(person -> program.chromium().window()).toList();
        String address = program.address("/camunda/app/tasklist/default/");
        windows.forEach(page -> page.navigate(address, new NavigateOptions().setWaitUntil(WaitUntilState.COMMIT)));
        for (int i = 0; i < PEOPLE; i++) {
            WebApp.tasklist(program.program()).logInHere(windows.get(i), people.get(i), PASSWORD);
        }
        windows.forEach(page -> page.reload(new Page.ReloadOptions().setWaitUntil(WaitUntilState.COMMIT)));
        for (int i = 0; i < PEOPLE; i++) {
            Tasklist own = Tasklist.on(windows.get(i)).in("Mine");
            assertThat(own.card("Respond to incident", incidents.get(i)))
                    .isVisible(new IsVisibleOptions().setTimeout(SOON.toMillis()));
            assertThat(own.page().locator("li.task")).hasCount(1);
        }
        Chromium.keep(windows.get(PEOPLE - 1), "eight-the-last");
    }

    /** The service crashes until it is restarted; its incident has got to the proposal, and to the second level. */
    private static String breaks(String workload) {
        program.api()
                .post("admin", "/sandbox/scenarios", Map.of("scenario", "crash-until-restarted", "workload", workload));
        fires("ServiceDown", workload);
        String incident = program.incidentOf(workload);
        program.task(incident, "Decide on remedy");
        program.awaitTold(incident, "paged L2 Senior Platform Engineer");
        return incident;
    }

    private static void fires(String alert, String workload) {
        try {
            assertThat(program.api().post(PagerMessage.firing(alert, workload))).isEqualTo(202);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String linkIn(String address, String incident) {
        return Awaitility.await("a mail to " + address)
                .atMost(SOON)
                .until(
                        () -> Arrays.stream(MAIL.getReceivedMessagesForDomain(address))
                                .map(GreenMailUtil::getBody)
                                .filter(body -> body.contains(incident))
                                .map(body ->
                                        TASK.matcher(body.replace("=\r\n", "").replace("=3D", "=")))
                                .filter(Matcher::find)
                                .map(Matcher::group)
                                .findFirst()
                                .orElse(""),
                        link -> !link.isEmpty());
    }
}
