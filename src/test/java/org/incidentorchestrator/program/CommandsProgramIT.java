package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the packaged program, beside one that runs and beside none. */
class CommandsProgramIT {
    private static final String ALERT =
            "{\"alertName\": \"ServiceDown\", \"namespace\": \"a1-orchestrator\", \"workload\": \"mcp-gateway\"}";

    @TempDir
    Path folder;

    @Test
    void a_program_that_runs_is_asked_and_what_it_left_is_read() throws IOException {
        Path data = folder.resolve("data");
        try (var program = Program.in(data).start()) {
            String[] login = {
                "--server=http://localhost:" + program.port(), "--user=auditor", "--password-file=" + password(data)
            };
            assertThat(run(data, "verify-record").code()).isEqualTo(3);
            assertThat(run(data, "verify-record", login)).satisfies(asked -> {
                assertThat(asked.code()).as(asked.text()).isZero();
                assertThat(asked.text()).contains("as it was sealed");
            });
            assertThat(run(data, "simulate", with(login, alert().toString()))).satisfies(asked -> {
                assertThat(asked.code()).as(asked.text()).isZero();
                assertThat(asked.text()).contains("runbook   service-down").doesNotContain("without the record");
            });
            assertThat(run(data, "verify-record", login[0], "--user=auditor", "--password-file=/dev/null")
                            .code())
                    .isEqualTo(4);
            program.kill();
        }
        assertThat(run(data, "verify-record").code())
                .as("the record of a program that was killed")
                .isZero();
    }

    @Test
    void an_alert_is_judged_without_a_program_and_nothing_is_left_of_that() throws IOException {
        Path none = folder.resolve("none");

        var judged = run(none, "simulate", alert().toString());

        assertThat(judged.code()).as(judged.text()).isZero();
        assertThat(judged.text())
                .contains("ServiceDown a1-orchestrator/mcp-gateway: opened")
                .contains("target    Deployment/a1-orchestrator/mcp-gateway, 2 replicas")
                .contains("lock      free")
                .contains("runbook   service-down")
                .contains("L1 Platform Engineer")
                .contains("Judged without the record")
                .doesNotContain(" INFO ");
        assertThat(none).doesNotExist();
    }

    @Test
    void what_was_changed_since_the_back_up_that_is_restored_is_not_changed_before_a_person_has_looked()
            throws IOException {
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup.zip");
        try (var program = Program.in(data)
                .with("recovery.hold", "2s")
                .with("wait.recovery-poll", "1s")
                .with("wait.rollout-poll", "1s")
                .start()) {
            String server = "--server=http://localhost:" + program.port();
            assertThat(run(
                                    data,
                                    "backup",
                                    backup.toString(),
                                    server,
                                    "--user=auditor",
                                    "--password-file=" + password(data))
                            .code())
                    .as("of an auditor")
                    .isEqualTo(4);
            var made = run(
                    data,
                    "backup",
                    backup.toString(),
                    server,
                    "--user=admin",
                    "--password-file=" + password(data, "admin"));
            assertThat(made.code()).as(made.text()).isZero();
            breaks(program);
            var decision = await(() -> program.api().task("INC-1", "Decide on remedy"));
            program.api().claim("responder", decision);
            program.api().complete("responder", decision, Map.of("decision", "apply", "decisionNote", ""));
            await(() -> Optional.of(program.api().incident("INC-1"))
                    .filter(incident -> incident.path("state").asText().equals("closed")));
            assertThat(run(data, "restore", backup.toString(), "--replace").code())
                    .as("while it runs")
                    .isEqualTo(3);
            program.stop();

            byte[] cluster = Files.readAllBytes(data.resolve("sandbox-world.json"));
            var restored = run(data, "restore", backup.toString(), "--replace");
            assertThat(restored.code()).as(restored.text()).isZero();
            Files.write(data.resolve("sandbox-world.json"), cluster);
            program.start();
            breaks(program);

            var asked = await(() -> program.api().tasks(null).stream()
                    .filter(task -> task.toString().contains("newer than this database"))
                    .findFirst());
            assertThat(asked.toString()).contains("kubectl annotate -n a1-orchestrator deployment/mcp-gateway");
            var refused = await(() -> program.api().timeline("INC-1").stream()
                    .filter(entry -> entry.toString().contains("clusterAhead"))
                    .findFirst());
            assertThat(refused.toString())
                    .contains("Deployment a1-orchestrator/mcp-gateway was changed by a step", "for INC-1");
        }
    }

    private static void breaks(Program program) throws IOException {
        program.api()
                .post(
                        "responder",
                        "/sandbox/scenarios",
                        Map.of("scenario", "crash-until-restarted", "workload", "mcp-gateway"));
        assertThat(program.api().post(PagerMessage.firing("ServiceDown", "mcp-gateway")))
                .isEqualTo(202);
    }

    private static <T> T await(Callable<Optional<T>> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(wanted, Optional::isPresent)
                .orElseThrow();
    }

    private Path alert() throws IOException {
        return Files.writeString(folder.resolve("alert.json"), ALERT);
    }

    private Path password(Path data) throws IOException {
        return password(data, "auditor");
    }

    private Path password(Path data, String user) throws IOException {
        String line = Files.readAllLines(data.resolve("first-passwords")).stream()
                .filter(one -> one.startsWith(user + " "))
                .findFirst()
                .orElseThrow();
        return Files.writeString(folder.resolve("password-" + user), line.substring(user.length() + 1));
    }

    private static String[] with(String[] words, String more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(more);
        return all.toArray(String[]::new);
    }

    private record Ended(int code, String text) {}

    private static Ended run(Path data, String command, String... words) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target/incident-orchestrator.jar").toAbsolutePath().toString(),
                command,
                "--data.folder=" + data));
        line.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes());
            return new Ended(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
