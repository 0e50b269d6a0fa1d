package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.incidentorchestrator.program.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A suspected breach as the people of a night see it in the web apps: who declares it, who has it isolated, who stops
 * everything, who reads of it afterwards. What they cannot do is told in the page, and loses nothing.
 */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class ApprovedIsolationE2E {
    /** In pixels: A4 without its margins. */
    private static final int WIDTH_OF_A_SHEET = 680;

    private static final String BREACH = "A suspected breach";

    @TempDir
    static Path folder;

    private static WatchedProgram program;

    @BeforeAll
    static void start() {
        program = WatchedProgram.start(Program.in(folder)
                .with("accounts.members.l3", "architect")
                .with("isolation.hold", "2s")
                .with("wait.isolation-poll", "1s")
                .with("wait.capture-poll", "1s"));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void a_declared_breach_is_isolated_by_a_second_person_aborted_by_the_first_and_read_by_the_auditor()
            throws IOException {
        Tasklist responder = program.tasklist("responder");
        responder.declares(BREACH, about("mcp-gateway", "a shell in the logs"));
        String incident = program.incidentOf("mcp-gateway");

        responder.opens("Respond to incident", incident).claims();
        program.awaitTold(incident, "responder has taken it");
        responder.in("All open tasks").opens("Approve change", incident, "a shell in the logs");
        responder.claim().click();
        assertThat(responder.told()).containsText("This task is for the groups that are named beside it");
        assertThat(responder.groups()).containsText("Approvers of changes");
        assertThat(responder.claim()).isEnabled();
        Chromium.keep(responder.page(), "breach-1-not-the-responders");

        Tasklist approver = program.tasklist("approver");
        approver.opens("Approve change", incident).claims();
        assertThat(approver.form()).containsText("2 pods run. Isolate it?");
        assertThat(approver.form()).containsText("(Deployment/a1-orchestrator/mcp-gateway)");
        assertThat(approver.form())
                .containsText("kubectl --context sandbox -n a1-orchestrator patch deployments mcp-gateway");
        assertThat(approver.form()).containsText("+  replicas: 0");
        assertThat(Tasklist.cutOff(approver.form())).isEmpty();
        assertThat(approver.form().getByText("What instead?")).isHidden();
        offersAlternatives(approver);
        approver.chooses("Approve exactly this");
        assertThat(approver.form().getByText("What instead?")).isHidden();
        Chromium.keep(approver.page(), "breach-2-the-answer");
        approver.complete().dblclick();
        assertThat(approver.card("Approve change", incident)).isHidden();

        program.awaitTold(incident, "mcp-gateway is isolated: no ready address, in quarantine");
        assertThat(program.told(incident, "approvalDecided")).hasSize(1);
        assertThat(program.told(incident, "stepApplied")).hasSize(3);
        assertThat(program.api().get("/sandbox/world").path("workloads"))
                .filteredOn(workload -> workload.path("name").asText().equals("mcp-gateway"))
                .extracting(workload -> workload.path("replicas").asInt())
                .containsExactly(0);

        aborts(responder, incident);
        reads(incident);
        readsTheDecision(incident);
        prints(incident);
    }

    private static void prints(String incident) throws IOException {
        Page page = program.chromium().window();
        WebApp.cockpit(program.program()).logIn(page, "auditor");
        page.navigate(program.address("/api/incidents/" + incident + "/report.html"));
        List<String> sheets = PrintedPages.of(page, "report");
        assertThat(sheets).hasSizeGreaterThan(1);
        for (int sheet = 1; sheet <= sheets.size(); sheet++) {
            assertThat(sheets.get(sheet - 1)).contains(incident + ", ", sheet + " / " + sheets.size());
        }
        assertThat(String.join("", sheets)).contains("Follow-ups", "it was the scanner of the audit");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
        page.setViewportSize(WIDTH_OF_A_SHEET, 900);
        assertThat(Tasklist.cutOff(page.locator("html"))).isEmpty();
        assertThat(page.evaluate("getComputedStyle(document.documentElement).colorScheme"))
                .isEqualTo("light");
        Chromium.keep(page, "report-in-print");
    }

    private static void readsTheDecision(String incident) throws IOException {
        IncidentPages auditor = program.incidents("auditor").opens("incidents/" + incident + "?tab=decisions");
        Locator removed = auditor.page().locator(".diff .removed").getByText("replicas: 2");
        Locator scaling = auditor.panel()
                .locator("article")
                .filter(new Locator.FilterOptions().setHas(removed))
                .first();
        assertThat(scaling).containsText("accepted by approver");
        assertThat(scaling.locator(".diff .added").getByText("replicas: 0")).isVisible();
        Locator approval = scaling.locator(".approval");
        assertThat(approval).containsText("approved by approver");
        assertThat(approval).containsText("Isolate it?");
        assertThat(approval).containsText("Asked by");
        assertThat(auditor.panel().locator(".commands li").getByText("<<'EOF'"))
                .hasText(Pattern.compile("^kubectl .*\\{.*EOF$", Pattern.DOTALL));
        assertThat(Tasklist.cutOff(auditor.panel())).isEmpty();
        auditor.keep("breach-4-decisions");
        scaling.evaluate("article => article.scrollIntoView()");
        auditor.keep("breach-5-approval");
        assertThat(auditor.errorsOtherThan()).isEmpty();
    }

    @Test
    void an_isolation_that_is_rejected_is_read_with_who_rejected_it_and_why() throws IOException {
        Tasklist responder = program.tasklist("responder");
        responder.declares(BREACH, about("mcp-tracehub", "a token in a pull request"));
        String incident = program.incidentOf("mcp-tracehub");
        Tasklist approver = program.tasklist("approver");
        approver.opens("Approve change", incident).claims().chooses("Reject it, with a reason");
        approver.form().locator(".fjs-select-display").click();
        approver.form()
                .locator(".fjs-dropdownlist-item")
                .getByText("Do not isolate")
                .click();
        approver.writes("Why?", "the token was a test's, and is revoked");
        approver.complete().click();
        program.awaitTold(incident, "approver rejected");

        IncidentPages auditor = program.incidents("auditor").opens("incidents/" + incident + "?tab=decisions");
        Locator approval = auditor.panel().locator(".approval").first();
        assertThat(approval).containsText("rejected by approver");
        assertThat(approval).containsText("the token was a test's, and is revoked");
        auditor.keep("breach-6-rejected");
        assertThat(auditor.errorsOtherThan()).isEmpty();
    }

    /** Only for a rejection, and by their labels. */
    private static void offersAlternatives(Tasklist approver) {
        approver.chooses("Reject it, with a reason");
        approver.form().locator(".fjs-select-display").click();
        assertThat(approver.form().locator(".fjs-dropdownlist-item")).hasText(new String[] {
            "Quarantine one pod, then scale to 0", "Quarantine one pod only", "Scale to 0 only", "Do not isolate"
        });
        approver.page().keyboard().press("Escape");
    }

    private static void aborts(Tasklist responder, String incident) {
        responder.opens("Respond to incident", incident);
        assertThat(responder.form().getByLabel("To whom?")).isHidden();
        responder.chooses("Ask somebody to work on it too");
        assertThat(responder.form().getByLabel("To whom?")).isVisible();
        assertThat(responder.form().getByText("Or a whole level")).isVisible();
        responder.chooses("Hand it over to somebody");
        assertThat(responder.form().getByText("Or a whole level")).isHidden();
        responder.chooses("Abort the run").writes("Why?", "it was the scanner of the audit");
        responder.complete().click();
        program.awaitTold(incident, "runbook suspected-breach ended: handedToHuman");
        assertThat(program.told(incident, "runAborted"))
                .singleElement()
                .asString()
                .contains("it was the scanner of the audit");
        assertThat(responder.card("Rotate at the source", incident)).isHidden();
        assertThat(responder.card("Respond to incident", incident)).isVisible();
    }

    /** In Cockpit what still runs; all of it in the report, behind the link that every form has. */
    private static void reads(String incident) throws IOException {
        Page page = program.chromium().window();
        WebApp.cockpit(program.program()).logIn(page, "auditor");
        JsonNode root = program.api()
                .get("auditor", "/engine-rest/process-instance?rootProcessInstances=true&businessKey=" + incident)
                .get(0);
        WebApp.cockpit(program.program())
                .open(page, "process-instance/" + root.path("id").asText() + "/runtime");
        assertThat(page.locator("body")).containsText(incident);
        assertThat(page.locator(".djs-container g.viewport")).isVisible();
        assertThat(page.locator("body")).containsText("a shell in the logs");
        Chromium.keep(page, "breach-3-cockpit");
        page.navigate(program.address("/api/incidents/" + incident + "/report"));
        assertThat(page.locator("body")).containsText("approver approved");
        assertThat(page.locator("body")).containsText("it was the scanner of the audit");
        assertThat(program.api()
                        .get("auditor", "/api/incidents/" + incident + "/timeline?limit=1000")
                        .path("entries"))
                .extracting(entry -> entry.path("kind").asText())
                .contains("incidentOpened", "paged", "acknowledged", "accessRefused", "stepProposed", "approvalAsked")
                .containsSubsequence("approvalDecided", "stepIntent", "stepApplied", "runAborted", "runbookEnded");
    }

    @Test
    void a_stop_of_every_change_holds_while_people_are_paged_and_is_lifted_in_tasklist() throws IOException {
        Tasklist responder = program.tasklist("responder");
        responder.declares(BREACH, about("mcp-config", "calls to an unknown address"));
        String incident = program.incidentOf("mcp-config");
        Tasklist approver = program.tasklist("approver");
        approver.opens("Approve change", incident).claims().chooses("Approve exactly this");

        Tasklist architect = program.tasklist("architect");
        architect.begins("Stop changes").getByLabel("Why?").fill("the network is being moved");
        architect.startsAtOnce();

        approver.complete().click();
        assertThat(approver.told()).containsText("architect stopped every change at");
        assertThat(approver.told()).containsText("the network is being moved");
        Chromium.keep(approver.page(), "stop-1-approval-refused");
        assertThat(approver.form().getByLabel("Approve exactly this")).isChecked();
        responder.declares("An incident", about("mcp-policy-proxy", "paged although stopped"));
        program.awaitTold(program.incidentOf("mcp-policy-proxy"), "paged L1 Platform Engineer");
        assertThat(program.told(incident, "stepApplied")).isEmpty();

        architect.opens("Lift the stop").claims();
        assertThat(architect.form()).containsText("architect stopped every change at");
        Chromium.keep(architect.page(), "stop-2-lift");
        architect.writes("Why can changes be made again?", "the move is over");
        architect.complete().click();
        assertThat(architect.card("Lift the stop")).isHidden();

        approver.complete().click();
        program.awaitTold(incident, "mcp-config is isolated: no ready address, in quarantine");
    }

    @Test
    void what_cannot_be_declared_is_told_where_it_is_typed_and_nothing_typed_is_lost() throws IOException {
        Tasklist responder = program.tasklist("responder");
        Locator dialog = responder.begins("Declare incident");
        responder.starts();
        assertThat(dialog.locator(".fjs-form-field-error").first()).hasText("Field is required.");
        dialog.getByLabel(BREACH).check();
        assertThat(dialog.getByLabel("Warning")).isHidden();
        String summary = "ünïcode \"quotes\" <b>bold</b> {{openedAt}} ${1+1}";
        dialog.getByLabel("What is wrong?").fill(summary);
        dialog.getByLabel("Namespace").fill("A1 Örchestrator");
        responder.starts();
        assertThat(dialog.locator(".notifications"))
                .containsText("namespace is 'A1 Örchestrator'; it has to be a namespace");
        assertThat(dialog.locator(".notifications")).containsText("workload is ''; it has to be a workload's name");
        assertThat(dialog.locator(".notifications .alert:visible").last()).isInViewport();
        Chromium.keep(responder.page(), "declare-1-refused");
        dialog.getByLabel("Namespace").fill("kube-system");
        dialog.getByLabel("Workload").fill("no-such-workload");
        responder.starts();
        assertThat(dialog).isHidden();

        String incident = program.incidentOf("no-such-workload");
        responder.opens("Respond to incident", incident, summary);
        assertThat(responder.form()).containsText(summary);
        program.awaitTold(incident, "namespace kube-system is not one of ours (setting cluster.namespaces)");
        program.awaitTold(incident, "runbook unknown-alert ended: handedToHuman");
    }

    @Test
    void another_browser_and_a_session_that_has_ended_are_told_of_and_nothing_is_done_twice() throws IOException {
        Tasklist first = program.tasklist("responder");
        first.declares("An incident", about("mcp-orchestrator-api", "two browsers"));
        String incident = program.incidentOf("mcp-orchestrator-api");
        first.opens("Respond to incident", incident).claims();
        Tasklist second = program.tasklist("responder");
        for (Tasklist one : List.of(first, second)) {
            one.opens("Respond to incident", incident).chooses("Write a note").writes("Why?", "seen by both");
        }
        first.complete().click();
        program.awaitTold(incident, "responder: seen by both");
        second.complete().click();
        assertThat(second.told()).containsText("The task does not exist anymore");
        assertThat(program.told(incident, "note")).hasSize(1);

        first.opens("Respond to incident", incident).chooses("Write a note").writes("Why?", "after the session");
        first.page().context().clearCookies();
        first.complete().click();
        assertThat(first.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")))
                .isVisible();
        assertThat(first.told()).containsText("Your session has ended: log in again, then do it again");
        assertThat(first.told()).not().containsText("about:blank");
        Chromium.keep(first.page(), "session-1-ended");
        assertThat(program.told(incident, "note")).hasSize(1);
        WebApp.tasklist(program.program()).logInHere(first.page(), "responder");
        assertThat(first.form().getByLabel("Why?")).hasValue("after the session");
        first.complete().click();
        program.awaitTold(incident, "responder: after the session");
    }

    private static Map<String, String> about(String workload, String summary) {
        return Map.of("Namespace", "a1-orchestrator", "Workload", workload, "What is wrong?", summary);
    }
}
