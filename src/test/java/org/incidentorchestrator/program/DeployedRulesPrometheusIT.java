package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that the project gives away, as Prometheus' own tool reads them, and when they fire. */
@EnabledIf(
        value = "isInstalled",
        disabledReason =
                "Skipped: whether Prometheus takes the rules of src/deploy, and when they fire. It needs promtool"
                        + " on the PATH (Debian: apt-get install prometheus)")
class DeployedRulesPrometheusIT {
    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert-rules.yml", "platform-rules.yml"})
    void the_rules_of_the_deployment_are_taken(String file) throws Exception {
        assertThat(promtool("check", "rules", "src/deploy/" + file)).contains("SUCCESS");
    }

    @Test
    void the_rules_about_the_platform_fire_at_their_thresholds_and_after_their_time() throws Exception {
        assertThat(promtool("test", "rules", "src/test/resources/prometheus/platform-rules.yml"))
                .contains("SUCCESS");
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
