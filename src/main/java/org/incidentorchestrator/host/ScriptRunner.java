package org.incidentorchestrator.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.incidentorchestrator.host.HostFailure.Kind;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Starts scripts, and leaves them to their supervisors: it returns as soon as the script has begun. Called by the step
 * runner alone.
 */
@Component
public final class ScriptRunner {
    /** Between SIGTERM and SIGKILL. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ScriptCatalogue catalogue;
    private final ScriptRuns runs;
    private final Supervisors supervisors;

    @Autowired
    public ScriptRunner(ScriptCatalogue catalogue, ScriptRuns runs, HostSettings settings) {
        this(catalogue, runs, new Supervisors(settings.searchPath(), System.getenv(), GRACE));
    }

    ScriptRunner(ScriptCatalogue catalogue, ScriptRuns runs, Supervisors supervisors) {
        this.catalogue = catalogue;
        this.runs = runs;
        this.supervisors = supervisors;
    }

    /**
     * Looks at all that a start would, and starts nothing.
     *
     * @throws HostFailure as {@link #start}, but for NOT_STARTED and UNHEARD
     */
    public void rehearse(ScriptOrder order) {
        catalogue.read(order);
        refuseBusy(order);
    }

    /**
     * Begins a run; one of this name that has begun already is left alone. One start at a time: while one process is
     * forked, no other file may be open for writing that is to be executed next (ETXTBSY).
     *
     * @throws HostFailure when it has not begun, or (UNHEARD) when it may have
     */
    public synchronized void start(ScriptOrder order, String run) {
        RunFolder folder = runs.folder(run);
        if (folder.begun()) {
            return;
        }
        PinnedScript script = catalogue.read(order);
        refuseBusy(order);
        try {
            Files.createDirectories(folder.path().getParent());
            folder.prepare(script, program(), order.host());
        } catch (IOException e) {
            throw notStarted(order, "cannot write " + folder.path() + ": " + e.getMessage());
        }
        String heard = supervisors.launch(order, script, folder);
        if (!heard.startsWith("begun") && !folder.begun()) {
            throw notStarted(order, heard);
        }
    }

    private void refuseBusy(ScriptOrder order) {
        long underWay = runs.underWay(order.script());
        if (underWay >= order.atOnce()) {
            throw new HostFailure(
                    Kind.BUSY,
                    "script '%s' is not run: %d runs of it are under way on host %s, and %d are allowed"
                            .formatted(order.script(), underWay, order.host(), order.atOnce()),
                    "Wait for them to end.");
        }
    }

    static HostFailure notStarted(ScriptOrder order, String why) {
        return new HostFailure(
                Kind.NOT_STARTED,
                "script '%s' was not started on host %s: %s".formatted(order.script(), order.host(), why),
                "Mend that, or do by hand what it does.");
    }

    private static byte[] program() {
        try (InputStream in = ScriptRunner.class.getResourceAsStream("/host/supervise.sh")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the supervisor is a part of this program", e);
        }
    }
}
