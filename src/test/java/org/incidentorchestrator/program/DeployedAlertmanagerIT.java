package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The configurations that the project gives away, as Alertmanager's own tool reads them. */
@EnabledIf(
        value = "org.incidentorchestrator.program.Alertmanager#isInstalled",
        disabledReason =
                "Skipped: whether Alertmanager takes src/deploy/alertmanager.yml and README's configuration. It"
                        + " needs amtool on the PATH (Debian: apt-get install prometheus-alertmanager)")
class DeployedAlertmanagerIT {
    @TempDir
    Path folder;

    @Test
    void the_configuration_of_the_deployment_is_taken() throws Exception {
        assertThat(check(Path.of("src/deploy/alertmanager.yml"))).contains("SUCCESS", " - 1 receivers");
    }

    @Test
    void the_configuration_of_the_readme_is_taken() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("```yaml\nroute:") + "```yaml\n".length();
        Path file =
                Files.writeString(folder.resolve("readme.yml"), readme.substring(begin, readme.indexOf("```", begin)));

        assertThat(check(file)).contains("SUCCESS", " - 1 receivers");
    }

    private static String check(Path file) throws IOException, InterruptedException {
        Process amtool = new ProcessBuilder("amtool", "check-config", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(amtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(amtool.waitFor()).as(said).isZero();
        return said;
    }
}
