package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.incidentorchestrator.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises a newcomer: start it, log in as responder, decide, and watch the incident close by itself. */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class FirstRunE2E {
    private static final double SOON = 30_000;

    @TempDir
    Path folder;

    @Test
    void a_newcomer_decides_on_a_restart_in_tasklist_and_the_incident_closes_by_itself() throws IOException {
        try (var program = Program.untouched(folder).start();
                var chromium = new Chromium()) {
            assertThat(Files.readString(program.log()))
                    .contains("Tasklist: http://localhost:" + program.port() + "/camunda/app/tasklist/")
                    .contains("Log in as responder; the password lies in " + folder.resolve("first-passwords"));

            Page page = chromium.window();
            WebApp.tasklist(program).logIn(page, "responder");
            Locator decision = page.locator("li.task", new Page.LocatorOptions().setHasText("Decide on remedy"));
            assertThat(decision).isVisible(new IsVisibleOptions().setTimeout(SOON));
            Chromium.keep(page, "1-what-waits");

            decision.click();
            Locator form = page.locator(".fjs-container");
            assertThat(form).containsText("Restart Deployment a1-orchestrator/mcp-gateway");
            assertThat(form)
                    .containsText(
                            "kubectl --context sandbox -n a1-orchestrator rollout restart deployment/mcp-gateway");
            Locator claim = page.getByText("Claim", new Page.GetByTextOptions().setExact(true));
            claim.click();
            assertThat(claim).isHidden();
            assertThat(page.locator(".ce-eol-banner")).isHidden();
            Chromium.keep(page, "2-the-proposal");
            Chromium.picture(page, Chromium.PICTURES.resolve("tasklist.png"));

            form.getByLabel("Apply").check();
            Chromium.keep(page, "3-the-answer");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"))
                    .click();
            assertThat(decision).isHidden();
            Awaitility.await("the closing")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> program.api().incident("INC-1").path("state").asText(), "closed"::equals);
            page.reload();
            assertThat(page.locator("li.task")).hasCount(0);
            Chromium.keep(page, "4-nothing-waits");

            page.navigate("http://localhost:" + program.port() + "/api/incidents/INC-1/report");
            assertThat(page.locator("body")).containsText("rollout restart deployment/mcp-gateway");
            Chromium.keep(page, "5-the-report");
        }
    }
}
