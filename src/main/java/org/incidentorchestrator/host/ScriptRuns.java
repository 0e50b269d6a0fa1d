package org.incidentorchestrator.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What became of the runs on this machine, from what their supervisors wrote down and from the processes that there are:
 * a supervisor is known by its number and by its run's folder among its arguments, which no later process of that number
 * has.
 */
@Component
public final class ScriptRuns {
    private static final Pattern RUN = Pattern.compile("(" + HostSettings.ID + ")(\\.[a-z0-9-]+){2}");

    private final Path runs;
    private final String host;

    public ScriptRuns(HostSettings settings) {
        this.runs = Path.of(settings.runs()).toAbsolutePath().normalize();
        this.host = settings.host();
    }

    /**
     * The name of a run; the same for the same plan, so that it is begun once, however often it is tried.
     *
     * @param owner for whom: a word of a-z, 0-9 and '-'
     */
    public static String name(String script, String owner, Instant plannedAt) {
        return script + "." + owner + "." + plannedAt.toEpochMilli();
    }

    public static boolean isName(String run) {
        return run != null && run.length() <= 200 && RUN.matcher(run).matches();
    }

    /** @param host where it was planned */
    public RunState find(String run, String host) {
        RunFolder folder = folder(run);
        String made = folder.exists() ? folder.host() : host;
        if (!made.equals(this.host)) {
            return new RunState.Elsewhere(made);
        }
        if (!folder.exists()) {
            return new RunState.None();
        }
        return folder.begun() ? begun(folder) : new RunState.NotBegun();
    }

    /** Its processes are looked at before its result, which may be written in between. */
    private static RunState begun(RunFolder folder) {
        boolean supervised = RunProcesses.supervisor(folder).isPresent();
        Optional<RunState.Ended> result = folder.result();
        if (result.isPresent()) {
            return result.get();
        }
        return supervised ? new RunState.Running() : new RunState.Lost(RunProcesses.marked(folder));
    }

    /** What it wrote so far, its two outputs in one, as far as it is kept; what is no UTF-8 becomes U+FFFD. */
    public String output(String run) {
        try {
            return new String(Files.readAllBytes(folder(run).output()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** How many runs of a script are under way. */
    long underWay(String script) {
        return all().stream()
                .filter(folder -> folder.run().startsWith(script + "."))
                .filter(folder -> folder.host().equals(host) && folder.begun())
                .filter(folder -> !over(folder))
                .count();
    }

    /** Nothing of it runs any more. */
    boolean over(RunFolder folder) {
        RunState state = begun(folder);
        return !(state instanceof RunState.Running) && !(state instanceof RunState.Lost lost && lost.alive() > 0);
    }

    RunFolder folder(String run) {
        if (!isName(run)) {
            throw new IllegalArgumentException("'" + run + "' is no name of a run");
        }
        return new RunFolder(runs.resolve(run));
    }

    List<RunFolder> all() {
        List<RunFolder> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
            folders.forEach(folder -> all.add(new RunFolder(folder)));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot list " + runs, e);
        }
        return all;
    }
}
