package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.incidentorchestrator.support.Tutorial;
import org.incidentorchestrator.support.Tutorial.Move;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial of a new procedure, followed to the letter in a folder that has what this one has: its boxes are saved and
 * typed as they are, but for the port, which may be taken here. The packaged program works what comes of it on its sandbox.
 */
class NewProcedureProgramIT {
    private static final Path PAGE = Path.of("src/docs/new-procedure.md");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final int port = Program.freePort();
    private Process started;

    @AfterEach
    void end() throws InterruptedException {
        if (started != null) {
            started.descendants().forEach(ProcessHandle::destroy);
            started.destroy();
            started.waitFor();
        }
    }

    @Test
    void whoever_follows_it_has_a_procedure_that_a_responder_decides_on_and_that_ends_well() throws Exception {
        Files.createSymbolicLink(folder.resolve("target"), Path.of("target").toAbsolutePath());
        Files.createSymbolicLink(
                folder.resolve("processes"), Path.of("processes").toAbsolutePath());

        String said = "";
        for (Move move : Tutorial.read(PAGE).moves()) {
            said = follow(move);
        }

        JsonNode timeline = new ObjectMapper().readTree(said).path("entries");
        assertThat(timeline.findValuesAsText("kind"))
                .containsSubsequence(
                        "stepLooked", "stepProposed", "decided", "stepApplied", "runbookEnded", "incidentClosed");
        assertThat(timeline.findValuesAsText("summary")).contains("runbook planned-restart ended: done");
    }

    private String follow(Move move) throws IOException, InterruptedException {
        if (move instanceof Move.Save save) {
            Files.writeString(folder.resolve(save.file()), save.text());
        } else if (move instanceof Move.Start start) {
            started = shell(start.commands())
                    .redirectOutput(folder.resolve("program.log").toFile())
                    .start();
            awaitReady();
        } else if (move instanceof Move.Type type) {
            return typed(type);
        }
        return "";
    }

    private String typed(Move.Type type) throws IOException, InterruptedException {
        Process process = shell(type.commands()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        if (type.answer().isEmpty()) {
            assertThat(code).as("%s%nsaid: %s", type.commands(), said).isZero();
        } else {
            assertThat(said).as(type.commands()).isEqualTo(type.answer());
        }
        return said;
    }

    private ProcessBuilder shell(String commands) {
        ProcessBuilder shell = new ProcessBuilder(List.of(
                        "bash", "-e", "-o", "pipefail", "-c", commands.replace("localhost:8080", "localhost:" + port)))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().put("SERVER_PORT", Integer.toString(port));
        shell.environment().put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"));
        return shell;
    }

    private void awaitReady() {
        var api = new ProgramApi(port, folder.resolve("no.token"));
        Awaitility.await().atMost(PATIENCE).until(() -> {
            assertThat(started.isAlive())
                    .as(() -> "it does not start: " + log())
                    .isTrue();
            return api.ready();
        });
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("program.log"));
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
