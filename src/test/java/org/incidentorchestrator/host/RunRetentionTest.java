package org.incidentorchestrator.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.host.ScriptHost.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRetentionTest {
    private static final Instant BEGIN = Instant.parse("2026-11-24T03:00:00Z");
    private static final String OLD = ScriptRuns.name("job", "inc-7", BEGIN);
    private static final String YOUNG = ScriptRuns.name("job", "inc-8", BEGIN);

    @TempDir
    Path folder;

    @Test
    void only_runs_that_ended_long_ago_are_deleted() throws IOException {
        ScriptHost host = new ScriptHost(folder).with("job", "#!/bin/sh\ntrue\n");
        run(host, OLD);
        run(host, YOUNG);
        age(host, OLD, Duration.ofDays(31));
        age(host, YOUNG, Duration.ofDays(29));

        deleteOld(host);

        assertThat(host.runs().find(OLD, ScriptHost.NAME)).isInstanceOf(RunState.None.class);
        assertThat(host.runs().find(YOUNG, ScriptHost.NAME)).isInstanceOf(RunState.Ended.class);
    }

    @Test
    void a_run_that_still_runs_is_kept_whatever_its_age() throws IOException {
        Path hold = new ScriptHost(folder).pipe("hold");
        ScriptHost host = new ScriptHost(folder).with("job", "#!/bin/sh\nread line < " + hold + "\n");
        host.runner().start(host.catalogue().examine("job"), OLD);
        age(host, OLD, Duration.ofDays(31));

        deleteOld(host);

        assertThat(host.runs().find(OLD, ScriptHost.NAME)).isInstanceOf(RunState.Running.class);
        say(hold, "go");
        assertThat(host.end(OLD)).isInstanceOf(RunState.Ended.class);
    }

    @Test
    void without_any_run_there_is_nothing_to_delete() {
        ScriptHost host = new ScriptHost(folder);

        deleteOld(host);

        assertThat(host.runsFolder()).doesNotExist();
    }

    private static void run(ScriptHost host, String run) {
        host.runner().start(host.catalogue().examine("job"), run);
        host.end(run);
    }

    private static void age(ScriptHost host, String run, Duration age) throws IOException {
        Files.setLastModifiedTime(host.runs().folder(run).path(), FileTime.from(BEGIN.minus(age)));
    }

    private static void deleteOld(ScriptHost host) {
        new RunRetention(host.runs(), host.settings(), new TestClock(BEGIN)).deleteOld();
    }
}
