package org.incidentorchestrator.step.verb.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ObjectsCluster;
import org.incidentorchestrator.host.ScriptHost;
import org.incidentorchestrator.host.ScriptRuns;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckScriptTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String RUN = ScriptRuns.name("job", "inc-7", NOW);

    @TempDir
    Path folder;

    @Test
    void a_script_is_running_until_it_has_ended_and_then_its_output_is_kept() throws IOException {
        Path hold = new ScriptHost(folder).pipe("hold");
        ScriptHost host = new ScriptHost(folder).with("job", "#!/bin/sh\nread line < " + hold + "\necho done\n");
        host.runner().start(host.catalogue().examine("job"), RUN);

        var running = check(host, Mode.EXECUTE);
        assertThat(running.output().scriptRun()).isEqualTo("running");
        assertThat(running.artefacts()).isEmpty();

        Files.writeString(hold, "go\n");
        host.end(RUN);

        var ended = check(host, Mode.EXECUTE);
        assertThat(ended.output().scriptRun()).isEqualTo("passed");
        assertThat(ended.artefacts())
                .singleElement()
                .extracting(kept -> kept.content())
                .isEqualTo("done\n");
    }

    @Test
    void what_was_rehearsed_only_is_neither_a_pass_nor_unknown() {
        var rehearsed = check(new ScriptHost(folder).with("job", "#!/bin/sh\n"), Mode.REHEARSE);

        assertThat(rehearsed.output().scriptRun()).isEqualTo("rehearsed");
    }

    private static Plan<CheckScript.Output> check(ScriptHost host, Mode mode) {
        var context = new StepContext(new ObjectsCluster(List.of()), Optional.empty(), mode, NOW);
        return new CheckScript(host.runs()).plan(new CheckScript.Input(RUN, ScriptHost.NAME), context);
    }
}
