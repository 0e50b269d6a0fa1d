package org.incidentorchestrator.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.host.ScriptHost.hear;
import static org.incidentorchestrator.host.ScriptHost.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.incidentorchestrator.host.RunState.Ended;
import org.incidentorchestrator.host.RunState.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script that runs while the program that started it is killed (SIGKILL). */
class KilledProgramTest {
    private static final String RUN = ScriptRuns.name("job", "inc-7", Instant.parse("2026-11-24T03:00:00Z"));

    @TempDir
    Path folder;

    private ScriptHost host;
    private Path ready;
    private Path hold;
    private Path count;
    private Process program;

    @BeforeEach
    void killInTheMiddle() throws Exception {
        host = new ScriptHost(folder);
        ready = host.pipe("ready");
        hold = host.pipe("hold");
        count = folder.resolve("count");
        String text = "#!/bin/sh\necho once >> %s\necho before\necho ready > %s\nread line < %s\necho after\nexit 4\n"
                .formatted(count, ready, hold);
        host.with("job", text);
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StartScript.class.getName(),
                        folder.toString(),
                        RUN,
                        text)
                .inheritIO()
                .start();
        hear(ready);
        program.destroyForcibly();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void leaveNothing() {
        host.supervisor(RUN).ifPresent(ProcessHandle::destroy);
        host.end(RUN);
    }

    @Test
    void it_runs_on_and_the_next_program_reads_how_it_ended() throws IOException {
        assertThat(host.runs().find(RUN, ScriptHost.NAME)).isInstanceOf(Running.class);

        say(hold, "go");

        assertThat(((Ended) host.end(RUN)).exit()).isEqualTo(4);
        assertThat(host.runs().output(RUN)).isEqualTo("before\nafter\n");
        assertThat(Files.readString(count)).isEqualTo("once\n");
    }

    @Test
    void it_is_not_begun_again_by_the_next_program_which_may_also_end_it() throws IOException {
        host.runner().start(host.catalogue().examine("job"), RUN);
        host.supervisor(RUN).orElseThrow().destroy();

        Ended ended = (Ended) host.end(RUN);

        assertThat(ended.stopped()).isEqualTo("signal");
        assertThat(Files.readString(count)).isEqualTo("once\n");
    }
}
