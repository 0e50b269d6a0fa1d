package org.incidentorchestrator.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.IncidentOrchestrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    static Set<String> commands() {
        return Commands.of(IncidentOrchestrator.class, System.in).names();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_help_of_a_command_fits_a_screen(String command) {
        fitsAScreen(CommandLineRun.of(command, "--help"));
    }

    @Test
    void the_help_fits_a_screen_and_names_every_command() {
        var help = CommandLineRun.of("--help");

        fitsAScreen(help);
        assertThat(help.out().lines().map(line -> line.strip().split(" ")[0])).containsAll(commands());
    }

    private static void fitsAScreen(CommandLineRun help) {
        assertThat(help.code()).isZero();
        assertThat(help.out().lines().toList()).hasSizeLessThanOrEqualTo(24).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void without_a_command_it_serves() {
        assertThat(Arguments.of("--server.port=8081", "--step.mode=EXECUTE"))
                .isEqualTo(new Arguments(List.of("--server.port=8081", "--step.mode=EXECUTE"), List.of("serve")));
    }

    @Test
    void settings_may_stand_anywhere() {
        assertThat(Arguments.of("--data.folder=/srv/a b", "verify-record", "--json", "--accounts.members.l3=ann,bob"))
                .isEqualTo(new Arguments(
                        List.of("--data.folder=/srv/a b", "--accounts.members.l3=ann,bob"),
                        List.of("verify-record", "--json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"server", "--server-port=1", "serve --port 1", "simulate", "simulate a b", "verify-record x"})
    void what_no_command_takes_is_wrong_usage(String line) {
        var run = CommandLineRun.of(line.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).isNotBlank();
    }

    @Test
    void the_projects_own_models_break_no_rule() {
        assertThat(CommandLineRun.of("check-models")).isEqualTo(new CommandLineRun(0, "No rule is broken.\n", ""));
    }

    @Test
    void a_folder_without_models_is_something_wrong(@TempDir Path folder) {
        var run = CommandLineRun.of("check-models", folder.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("has-models", "Rules are broken: 1.");
    }

    @Test
    void a_start_that_the_settings_refuse_ends_with_1() {
        assertThat(CommandLineRun.of("serve", "--spring.datasource.url=jdbc:mysql://db/x")
                        .code())
                .isEqualTo(1);
    }
}
