package org.incidentorchestrator.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.util.unit.DataSize;

/** A machine with a few scripts, in a folder that a test gives; the scripts really run. */
public final class ScriptHost {
    public static final String NAME = "host-1";

    private final Path folder;
    private final Map<String, HostSettings.Script> scripts = new TreeMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private Duration grace = Duration.ofSeconds(10);

    public ScriptHost(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Puts a script there, and pins it. */
    public ScriptHost with(String id, String text) {
        return with(id, text, script -> script);
    }

    ScriptHost with(String id, String text, java.util.function.UnaryOperator<HostSettings.Script> settings) {
        String path = "infra/" + id + ".sh";
        write(file(id), text);
        scripts.put(
                id,
                settings.apply(new HostSettings.Script(
                        path,
                        PinnedScript.sha256(text.getBytes(StandardCharsets.UTF_8)),
                        List.of(),
                        Duration.ofMinutes(1),
                        DataSize.ofKilobytes(64),
                        List.of(),
                        false,
                        1)));
        return this;
    }

    ScriptHost having(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ScriptHost patientFor(Duration grace) {
        this.grace = grace;
        return this;
    }

    public Path file(String id) {
        return root().resolve("infra/" + id + ".sh");
    }

    Path root() {
        return folder.resolve("root");
    }

    Path runsFolder() {
        return folder.resolve("runs");
    }

    HostSettings settings() {
        return new HostSettings(
                NAME, root().toString(), scripts, runsFolder().toString(), Duration.ofDays(30), "/usr/bin:/bin");
    }

    public ScriptCatalogue catalogue() {
        return new ScriptCatalogue(settings());
    }

    public ScriptRuns runs() {
        return new ScriptRuns(settings());
    }

    public ScriptRunner runner() {
        return new ScriptRunner(catalogue(), runs(), new Supervisors(settings().searchPath(), environment, grace));
    }

    /** Waits until nobody supervises the run any more, however it ended. */
    public RunState end(String run) {
        supervisor(run).ifPresent(ScriptHost::join);
        return runs().find(run, NAME);
    }

    Optional<ProcessHandle> supervisor(String run) {
        return RunProcesses.supervisor(runs().folder(run));
    }

    private static void join(ProcessHandle process) {
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("process " + process.pid() + " does not end", e);
        }
    }

    /** Makes a pipe by which a script says how far it is, or is held. */
    public Path pipe(String name) {
        Path pipe = folder.resolve(name);
        try {
            new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot make " + pipe, e);
        }
        return pipe;
    }

    /** Waits for a line of a script. */
    static String hear(Path pipe) {
        try (var lines = Files.newBufferedReader(pipe)) {
            return new ArrayList<>(lines.lines().toList()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void say(Path pipe, String line) {
        try {
            Files.writeString(pipe, line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void permit(Path file, String permissions) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            for (Path each = file; each.startsWith(root()); each = each.getParent()) {
                permit(each, "rwxr-xr-x");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
