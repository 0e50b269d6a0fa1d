package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.browser.IncidentPages.button;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.incidentorchestrator.program.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What an auditor is shown when the database is not as the program left it: a time to live has ended, and somebody has
 * written into the record. Each is done to the file of the database while no program runs on it.
 */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class PastTheProgramE2E {
    private static final String FORGED = "responder decided: skip";

    @TempDir
    static Path folder;

    private static WatchedProgram program;
    private static String ended;

    @BeforeAll
    static void an_incident_ends() {
        program = WatchedProgram.start(Program.in(folder)
                .with("wait.rollout-poll", "1s")
                .with("wait.recovery-poll", "1s")
                .with("recovery.hold", "2s")
                .with("retention.every", "1s"));
        ended = program.breaksAndEnds("mcp-gateway");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void diagrams_that_were_removed_by_age_are_told_of_and_what_is_left_is_a_key_away() throws IOException {
        int aged = whileStopped(database -> tablesOfTheHistory(database).stream()
                .mapToInt(table -> database.update("update " + table
                        + " set removal_time_ = timestamp '2020-01-01 00:00:00' where removal_time_ is not null"))
                .sum());
        assertThat(aged).as("rows of the history").isPositive();
        program.awaits("the removal of the history", () -> program.api()
                .get("/api/incidents/" + ended + "/run")
                .path("removed")
                .asBoolean());

        IncidentPages auditor = program.incidents("auditor").opens("incidents/" + ended);
        assertThat(auditor.panel()).containsText("The diagrams of this incident were removed by age.");
        assertThat(auditor.panel()).containsText("retention.history");
        assertThat(auditor.panel().locator(".canvas")).hasCount(0);
        auditor.keep("past-1-removed-by-age");
        auditor.press("Tab", button(auditor.panel(), "Timeline"));
        auditor.page().keyboard().press("Enter");
        assertThat(auditor.tab("Timeline")).isFocused();
        assertThat(auditor.panel()).containsText("responder decided: apply");
        auditor.tab("Variables").click();
        assertThat(auditor.panel()).containsText("were removed by age");
        auditor.keep("past-2-variables-removed");
        assertThat(auditor.errorsOtherThan()).isEmpty();
    }

    @Test
    void a_changed_entry_and_then_a_missing_one_are_named_with_what_to_do() throws IOException {
        long decided = whileStopped(database -> {
            long sequence = database.queryForObject("select max(seq) from evidence where kind = 'DECIDED'", Long.class);
            database.update("update evidence set summary = ? where seq = ?", FORGED, sequence);
            return sequence;
        });
        Locator verdict = verified("past-3-changed");
        assertThat(verdict).containsText("Entry %d: its content, its place".formatted(decided));
        assertThat(verdict).containsText("seq = " + decided);
        assertThat(verdict).containsText(FORGED);
        assertThat(verdict).containsText("Keep the database as it is");

        whileStopped(database -> database.update("delete from evidence where seq = ?", decided));
        verdict = verified("past-4-missing");
        assertThat(verdict).containsText("Entry %d: the entry with this sequence number is missing".formatted(decided));
        assertThat(verdict).containsText("It is not in the database any more");
    }

    /** What both buttons say, which is the same; on the screen without a scroll. */
    private static Locator verified(String picture) throws IOException {
        IncidentPages auditor = program.incidents("auditor").opens("incidents/" + ended + "?tab=record");
        Locator verdicts = auditor.panel().getByRole(AriaRole.ALERT);
        button(auditor.panel(), "Verify the whole record").click();
        assertThat(verdicts).hasCount(1);
        auditor.keep(picture);
        String whole = verdicts.innerText();
        button(auditor.panel(), "Verify the record of").click();
        assertThat(verdicts).hasCount(2);
        assertThat(verdicts.first().innerText()).isEqualTo(whole);
        assertThat(verdicts.first()).isInViewport();
        assertThat(auditor.errorsOtherThan()).isEmpty();
        return verdicts.first();
    }

    /** @return what the deed returns */
    private static <T> T whileStopped(Function<JdbcTemplate, T> deed) {
        program.program().stop();
        T done = deed.apply(database());
        program.program().start();
        return done;
    }

    private static JdbcTemplate database() {
        return new JdbcTemplate(new DriverManagerDataSource(
                "jdbc:h2:file:" + folder.resolve("incidents").toAbsolutePath(), "sa", ""));
    }

    private static List<String> tablesOfTheHistory(JdbcTemplate database) {
        return database.queryForList(
                "select table_name from information_schema.columns where column_name = 'REMOVAL_TIME_'", String.class);
    }
}
