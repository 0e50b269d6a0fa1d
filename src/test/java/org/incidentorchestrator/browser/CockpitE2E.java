package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.browser.IncidentPages.button;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * An auditor in Cockpit the morning after: finds an incident that has ended, sees the way it took, reads what was done,
 * takes a kept output along, verifies the record. Nothing that an alert says becomes a part of the page.
 */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class CockpitE2E {
    private static final String RESTART =
            "kubectl --context sandbox -n a1-orchestrator rollout restart deployment/mcp-gateway";
    private static final String PASSWORD = "Quite-l0ng-secret!";
    private static final String HOSTILE =
            "<img src=x onerror=window.taken=1> {{constructor.constructor('window.taken=1')()}}";

    @TempDir
    static Path folder;

    private static WatchedProgram program;
    private static String ended;

    private IncidentPages auditor;
    private String[] provoked = {};

    @BeforeAll
    static void one_incident_ends_and_one_is_open() throws IOException {
        program = WatchedProgram.swift(folder);
        ended = program.breaksAndEnds("mcp-gateway");
        program.api().post(hostile());
        program.incidentOf("mcp-config");
    }

    private static String hostile() {
        return """
                {"version":"4","status":"firing","groupKey":"g","receiver":"r","truncatedAlerts":0,"alerts":[{
                  "status":"firing","labels":{"alertname":"HostileAlert","namespace":"a1-orchestrator",
                  "deployment":"mcp-config","severity":"warning"},"annotations":{"summary":"%s"},
                  "startsAt":"2026-11-24T03:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"hostile"}]}"""
                .formatted(HOSTILE);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @BeforeEach
    void log_in() throws IOException {
        auditor = program.incidents("auditor");
    }

    @AfterEach
    void nothing_else_failed_in_the_page() {
        auditor.page().context().close();
        assertThat(auditor.errorsOtherThan(provoked)).isEmpty();
    }

    @Test
    void the_auditor_finds_an_ended_incident_and_sees_the_way_it_took() {
        Page page = auditor.page();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Incidents"))
                .click();
        page.getByLabel("Service").fill("MCP-gate");
        page.getByLabel("State").selectOption("closed");
        button(auditor.all(), "Search").click();
        assertThat(auditor.rows()).hasCount(1);
        assertThat(auditor.rows()).containsText("resolved by runbook");
        assertThat(page).hasURL(Pattern.compile("#/incidents\\?.*service=MCP-gate"));
        auditor.keep("cockpit-1-found");

        auditor.rows().getByRole(AriaRole.LINK).click();
        assertThat(auditor.process()).containsText("Service down");
        assertThat(auditor.passed()).not().hasCount(0);
        assertThat(auditor.flowsTaken()).not().hasCount(0);
        auditor.element("serviceTask_restartWorkload").click();
        assertThat(auditor.passes()).containsText("applied");
        assertThat(auditor.passes().locator(".commands")).containsText(RESTART);
        auditor.keep("cockpit-2-path");
        Chromium.picture(page, Chromium.PICTURES.resolve("cockpit.png"));

        auditor.element("callActivity_verifyRecovery").click();
        button(auditor.passes(), "Open what it called").click();
        assertThat(auditor.process()).containsText("Verify recovery");
        assertThat(auditor.passed()).not().hasCount(0);
        auditor.keep("cockpit-3-called");
    }

    /** What PagesProcessTest counts the statements of. */
    @Test
    void opening_an_incident_asks_for_it_for_its_processes_and_for_the_one_that_is_shown() {
        List<String> asked = new CopyOnWriteArrayList<>();
        auditor.page().onRequest(request -> {
            if (request.url().contains("/api/incidents")) {
                asked.add(request.url().replaceFirst(".*/api/incidents/", "").replaceFirst("run/.+", "run/one"));
            }
        });
        auditor.opens("incidents/" + ended);
        assertThat(auditor.passed()).not().hasCount(0);
        assertThat(asked).containsExactly(ended, ended + "/run", ended + "/run/one");
    }

    @Test
    void what_was_kept_is_taken_along_and_has_the_digest_that_is_shown() throws Exception {
        Locator row = opens("evidence").panel().locator("tbody tr").first();
        String digest = row.locator("td").last().innerText().strip();
        Download download = auditor.page()
                .waitForDownload(() -> row.getByRole(AriaRole.LINK).click());
        assertThat(sha256(download.path())).isEqualTo(digest);
        auditor.keep("cockpit-4-evidence");
    }

    @Test
    void decisions_timeline_variables_and_report_tell_the_same_and_the_record_is_sound() {
        Locator panel = opens("decisions").panel();
        assertThat(panel).containsText("accepted by responder");
        assertThat(panel.locator(".diff .added")).not().hasCount(0);
        auditor.keep("cockpit-5-decisions");

        auditor.tab("Timeline").click();
        assertThat(panel).containsText("responder decided: apply");
        panel.getByLabel("Steps").uncheck();
        assertThat(panel).not().containsText("step looked");
        auditor.keep("cockpit-6-timeline");

        auditor.tab("Variables").click();
        assertThat(panel).containsText("workload");
        auditor.keep("cockpit-7-variables");

        auditor.tab("Report").click();
        assertThat(panel).containsText("Follow-ups");
        assertThat(panel).containsText(RESTART);
        auditor.keep("cockpit-8-report");

        auditor.tab("Record").click();
        button(panel, "Verify the whole record").click();
        assertThat(panel).containsText("Sound.");
        auditor.keep("cockpit-9-record");
    }

    @Test
    void the_keyboard_alone_leads_from_the_login_to_an_incident_its_steps_its_evidence_and_the_proof()
            throws IOException {
        auditor.page().context().close();
        auditor = IncidentPages.at(program.program(), program.chromium());
        auditor.logsInByKeyboard("auditor");
        auditor.press("Tab", auditor.link("Incidents"));
        auditor.keep("cockpit-10-keyboard-1-logged-in");
        press("Enter");
        findsByKeyboard();
        looksAtStepsByKeyboard();
        takesAlongByKeyboard();
    }

    private void findsByKeyboard() {
        auditor.press("Tab", auditor.page().getByLabel("State"));
        auditor.page().keyboard().type("closed");
        auditor.press("Tab", auditor.page().getByLabel("Service"));
        auditor.page().keyboard().type("mcp-gate");
        auditor.keep("cockpit-10-keyboard-2-filter");
        press("Enter");
        assertThat(auditor.rows()).hasCount(1);
        auditor.press("Tab", auditor.rows().getByRole(AriaRole.LINK));
        auditor.keep("cockpit-10-keyboard-3-found");
        press("Enter");
    }

    private void looksAtStepsByKeyboard() {
        assertThat(auditor.passed()).not().hasCount(0);
        auditor.press("Tab", auditor.chosenStep());
        auditor.press("ArrowDown", auditor.step("Restart workload"));
        assertThat(auditor.passes()).containsText(RESTART);
        auditor.keep("cockpit-10-keyboard-4-step");
        auditor.press("ArrowDown", auditor.step("Await rollout"));
        auditor.press("Tab", button(auditor.passes(), "Open what it called"));
        press("Enter");
        assertThat(auditor.process()).containsText("Await rollout");
        assertThat(auditor.process()).isFocused();
        assertThat(auditor.passed()).not().hasCount(0);
        auditor.press("Tab", auditor.chosenStep());
        auditor.press("ArrowDown", auditor.step("Wait for one of several events"));
        assertThat(auditor.passes()).containsText("completed");
        assertThat(auditor.passes()).containsText("came first");
        auditor.keep("cockpit-10-keyboard-5-wait");
    }

    private void takesAlongByKeyboard() {
        auditor.press("Shift+Tab", auditor.tab("Path"));
        press("ArrowRight");
        assertThat(auditor.tab("Timeline")).isFocused();
        press("ArrowRight");
        auditor.press("Tab", auditor.panel().locator("tbody a").first());
        auditor.keep("cockpit-10-keyboard-6-evidence");
        Download download = auditor.page().waitForDownload(() -> press("Enter"));
        assertThat(download.path()).as("what was kept, as a file").isNotEmptyFile();

        auditor.press("Shift+Tab", auditor.tab("Evidence"));
        press("End");
        assertThat(auditor.tab("Report")).isFocused();
        press("ArrowLeft");
        auditor.press("Tab", button(auditor.panel(), "Verify the record of"));
        press("Enter");
        assertThat(auditor.panel()).containsText("Sound.");
    }

    @Test
    void from_a_step_the_keyboard_leads_to_its_entry_in_the_timeline() {
        opens("path");
        auditor.press("Tab", auditor.chosenStep());
        auditor.press("ArrowDown", auditor.step("Restart workload"));
        auditor.press("Tab", button(auditor.passes(), "Show in the timeline"));
        press("Enter");
        assertThat(auditor.tab("Timeline")).hasAttribute("aria-selected", "true");
        assertThat(auditor.page().locator("[id^=entry-]:focus")).hasCount(1);
    }

    private void press(String key) {
        auditor.page().keyboard().press(key);
    }

    @Test
    void what_an_alert_says_stays_text_and_its_instance_leads_to_the_incident() {
        String incident = program.incidentOf("mcp-config");
        auditor.opens("incidents");
        assertThat(auditor.rows().first()).containsText(HOSTILE);
        JsonNode root = program.api()
                .get("auditor", "/engine-rest/process-instance?rootProcessInstances=true&businessKey=" + incident)
                .get(0);
        Page page = auditor.opens("process-instance/" + root.path("id").asText() + "/runtime")
                .page();
        page.getByText("Incident", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("Open " + incident).click();
        for (String tab : List.of("Timeline", "Variables", "Report", "Path")) {
            auditor.tab(tab).click();
            assertThat(auditor.panel()).not().containsText("Loading");
            assertThat(page.locator(".head")).containsText(HOSTILE);
        }
        auditor.keep("cockpit-11-hostile");
        assertThat(page.locator(".incidents-page img, .incidents-page script")).hasCount(0);
        assertThat(page.evaluate("window.taken ?? 'nothing'")).isEqualTo("nothing");
    }

    @Test
    void a_session_that_has_ended_is_told_and_logging_in_leads_back() throws IOException {
        Locator panel = opens("record").panel();
        // What Cockpit still asked for on its first page would meet the ended session too, and show the login page.
        auditor.page().reload();
        auditor.page().waitForLoadState(LoadState.NETWORKIDLE);
        auditor.page().context().clearCookies();
        provoked = new String[] {"status of 401"};
        button(panel, "Verify the whole record").click();
        assertThat(panel).containsText("Your session has ended");
        auditor.keep("cockpit-12-ended");
        button(panel, "Log in again").click();
        auditor.logsInAgain("auditor");
        assertThat(auditor.tab("Record")).hasAttribute("aria-selected", "true");
    }

    @Test
    void who_was_taken_out_of_every_group_is_told_whom_to_ask() {
        program.account("formerly", PASSWORD, "auditor");
        auditor.logsInInstead("formerly", PASSWORD);
        auditor.opens("incidents");
        assertThat(auditor.rows()).not().hasCount(0);
        program.api().delete("admin", "/engine-rest/group/auditor/members/formerly");
        provoked = new String[] {"status of 403"};

        auditor.opens("incidents/" + ended);
        Locator alert = auditor.all().getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("You may not see this.");
        assertThat(alert).containsText("Ask an administrator to add you");
        assertThat(alert).containsText("takes the group “auditor”");
        auditor.keep("cockpit-14-no-group");

        program.api().put("admin", "/engine-rest/group/auditor/members/formerly");
        button(alert, "Try again").click();
        assertThat(auditor.passed()).not().hasCount(0);
    }

    @Test
    void who_is_in_no_group_that_reads_is_told_so_at_the_login() {
        program.account("stranger", PASSWORD, "");
        auditor.page().context().close();
        auditor = IncidentPages.at(program.program(), program.chromium());
        provoked = new String[] {"status of 403"};
        auditor.page().getByPlaceholder("Username").fill("stranger");
        auditor.page().getByPlaceholder("Password").fill(PASSWORD);
        press("Enter");
        assertThat(auditor.page().locator(".page-notifications, .notifications").first())
                .containsText("missing access rights");
        assertThat(auditor.page()
                        .locator("form")
                        .evaluate("form => getComputedStyle(form, '::after').content")
                        .toString())
                .contains("ask an administrator to add you to the group auditor");
        auditor.keep("cockpit-15-may-not-log-in");
    }

    @Test
    void what_is_not_there_is_told_in_the_words_of_the_api() {
        provoked = new String[] {"/api/incidents/INC-4711", "severity=loud"};
        Locator alert = auditor.opens("incidents/INC-4711").all().getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("INC-4711");
        auditor.opens("incidents?service=no-such-service");
        assertThat(auditor.all()).containsText("No incident fits");
        auditor.opens("incidents?severity=loud");
        assertThat(alert).containsText("loud");
        auditor.keep("cockpit-13-wrong");
    }

    private IncidentPages opens(String tab) {
        auditor.opens("incidents/" + ended + "?tab=" + tab);
        assertThat(auditor.panel()).isVisible();
        return auditor;
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
