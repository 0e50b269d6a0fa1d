package org.incidentorchestrator.runbook.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The templates as Camunda Modeler reads them: by its own validator, which npm fetches into the build's folder. */
@EnabledIf(
        value = "isThere",
        disabledReason = "Skipped: whether Camunda Modeler takes the element templates. It needs npm on the PATH, and a"
                + " registry that npm reaches (Debian: apt-get install npm)")
class ElementTemplatesModelerIT {
    private static final String VALIDATOR = "@bpmn-io/element-templates-validator@2.26.0";
    private static final Path TOOLS = Path.of("target/modeler");

    static boolean isThere() throws IOException, InterruptedException {
        if (Stream.of(System.getenv("PATH").split(":"))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "npm")))) {
            return false;
        }
        Files.createDirectories(TOOLS);
        return run(
                                "npm",
                                "install",
                                "--prefix",
                                TOOLS.toString(),
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund",
                                VALIDATOR)
                        .code
                == 0;
    }

    @Test
    void its_schema_takes_every_template() throws Exception {
        long templates = 0;
        try (Stream<Path> files = Files.list(ElementTemplatesTest.FOLDER)) {
            for (Path file : files.toList()) {
                templates += new ObjectMapper().readTree(file.toFile()).size();
            }
        }
        assertThat(templates).isPositive();
        assertThat(validate(ElementTemplatesTest.FOLDER)).containsExactly(templates + " read");
    }

    @Test
    void it_refuses_one_that_binds_to_nothing(@TempDir Path folder) throws Exception {
        String one = Files.readString(ElementTemplatesTest.FOLDER.resolve("listPods.json"));
        Files.writeString(folder.resolve("listPods.json"), one.replace("camunda:inputParameter", "camunda:parameter"));
        assertThat(validate(folder))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("listPods.json · org.incidentorchestrator.steps.listPods: ");
    }

    private static List<String> validate(Path folder) throws IOException, InterruptedException {
        // Beside what it imports.
        Path script = Files.copy(
                Path.of("src/test/resources/templates/validate.mjs"),
                TOOLS.resolve("validate.mjs"),
                StandardCopyOption.REPLACE_EXISTING);
        Ended ended = run("node", script.toString(), folder.toString());
        assertThat(ended.code).as(ended.said).isZero();
        return ended.said.lines().toList();
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private record Ended(int code, String said) {}
}
