package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.incidentorchestrator.program.PagerMessage;
import org.incidentorchestrator.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A task that no process has, since only a person can settle what it is about, as those see it whom it was escalated to. */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class OnlyAPersonE2E {
    private static final String PASSWORD = "Quite-l0ng-secret!";
    private static final String INCIDENT = "INC-1";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void the_level_that_an_incident_was_escalated_to_finds_it_takes_it_and_reads_whom_it_is_for() throws IOException {
        try (var program = Program.in(folder)
                        .with("escalation.response-times", "5s,3h,3h,4h")
                        .with("wait.recovery-poll", "1s")
                        .with("recovery.hold", "5s")
                        .with("recovery.deadline", "20s")
                        .start();
                var chromium = new Chromium()) {
            account(program, "senior");
            escalatedAndResolvedButNotWell(program);
            Page page = chromium.window();
            WebApp.tasklist(program).open(page, "");
            WebApp.tasklist(program).logInHere(page, "senior", PASSWORD);
            Tasklist senior = Tasklist.on(page).in("Escalated");
            Locator asked = senior.card(INCIDENT + ": The pager says resolved");
            assertThat(asked).isVisible(new IsVisibleOptions().setTimeout(PATIENCE.toMillis()));
            for (String line : new String[] {
                "Escalated to: L2 Senior Platform Engineer", "Severity: critical", "Service: mcp-tracehub"
            }) {
                assertThat(asked).containsText(line);
            }
            asked.click();
            assertThat(senior.groups()).hasText("L1 Platform Engineers, L2 Senior Platform Engineers");
            Chromium.keep(page, "only-a-person-1");
            senior.claims();
            assertThat(asked).containsText("senior");
            Chromium.keep(page, "only-a-person-2-taken");
        }
    }

    private static void account(Program program, String id) {
        program.api()
                .post(
                        "admin",
                        "/engine-rest/user/create",
                        Map.of(
                                "profile", Map.of("id", id, "firstName", id, "lastName", "l2"),
                                "credentials", Map.of("password", PASSWORD)));
        program.api().put("admin", "/engine-rest/group/l2/members/" + id);
    }

    /** Nobody has it; the pager does not fire any more, and the service is still down. */
    private static void escalatedAndResolvedButNotWell(Program program) throws IOException {
        program.api()
                .post(
                        "admin",
                        "/sandbox/scenarios",
                        Map.of("scenario", "crash-until-restarted", "workload", "mcp-tracehub"));
        assertThat(program.api().post(PagerMessage.firing("ServiceDown", "mcp-tracehub")))
                .isEqualTo(202);
        Awaitility.await("the proposal")
                .atMost(PATIENCE)
                .until(() -> program.api().task(INCIDENT, "Decide on remedy").isPresent());
        Awaitility.await("the page of the second level")
                .atMost(PATIENCE)
                .until(() -> program.api().timeline(INCIDENT).stream()
                        .map(entry -> entry.path("summary").asText())
                        .anyMatch(told -> told.contains("paged L2 Senior Platform Engineer")));
        assertThat(program.api().post(PagerMessage.resolved("ServiceDown", "mcp-tracehub")))
                .isEqualTo(202);
    }
}
