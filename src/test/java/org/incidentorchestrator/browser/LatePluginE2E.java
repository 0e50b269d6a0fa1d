package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.NavigateOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.program.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web app on a slow line, or of a program that has just started on a busy machine. */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class LatePluginE2E {
    @TempDir
    static Path folder;

    private static Program program;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        program = Program.in(folder).start();
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        program.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "cockpit"})
    void a_page_of_which_a_part_comes_after_a_minute_is_shown_all_the_same(String app) {
        Page page = chromium.window();
        List<Route> late = new ArrayList<>();
        page.route("**/plugin.js*", route -> {
            if (route.request().url().contains("/static/")) {
                late.add(route);
            } else {
                route.resume();
            }
        });
        page.clock().install();
        page.navigate(
                "http://localhost:" + program.port() + "/camunda/app/" + app + "/",
                new NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        page.waitForCondition(() -> !late.isEmpty());
        page.clock().fastForward("01:00");
        late.forEach(Route::resume);

        assertThat(page.getByPlaceholder("Username")).isVisible();
    }
}
