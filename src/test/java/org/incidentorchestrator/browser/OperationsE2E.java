package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.incidentorchestrator.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What whoever is responsible sees in Cockpit: what is open and who has it, and by the keyboard where it leads. */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class OperationsE2E {
    /** The first incident comes some seconds after the start, and the page asks every 30 s. */
    private static final double AFTER_A_REFRESH = 60_000;

    @TempDir
    Path folder;

    @Test
    void the_page_tells_what_is_open_by_itself_and_leads_to_it() throws IOException {
        try (var program = Program.untouched(folder).start();
                var chromium = new Chromium()) {
            Page page = chromium.window();
            WebApp.cockpit(program).logIn(page, "admin");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Operations"))
                    .click();

            Locator open = page.getByLabel("Open incidents");
            assertThat(open).containsText("mcp-gateway is down", new ContainsTextOptions().setTimeout(AFTER_A_REFRESH));
            assertThat(open).containsText("! nobody");
            assertThat(open).containsText("Paged next: L2 Senior Platform Engineer");
            assertThat(page.getByLabel("Stuck work")).containsText("Nothing is stuck.");
            assertThat(page.getByLabel("Lines of the runbook")).containsText("kubectl get pods -n a1-orchestrator");
            Chromium.keep(page, "operations");

            open.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("INC-1"))
                    .focus();
            page.keyboard().press("Enter");
            assertThat(page).hasURL(Pattern.compile("#/incidents/INC-1.*"));
        }
    }
}
