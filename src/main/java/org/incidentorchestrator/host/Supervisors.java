package org.incidentorchestrator.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.incidentorchestrator.host.HostFailure.Kind;

/**
 * Starts supervisors, each in a session of its own: no signal to this program, and no closed terminal, reaches it.
 * They are a shell's because a shell is there wherever a script is; of what they are given nothing is read as a program.
 */
final class Supervisors {
    private static final long ANSWER_SECONDS = 10;
    private static final String LANGUAGE = "C.UTF-8";

    private final String searchPath;
    private final Map<String, String> environment;
    private final Duration grace;

    Supervisors(String searchPath, Map<String, String> environment, Duration grace) {
        this.searchPath = searchPath;
        this.environment = Map.copyOf(environment);
        this.grace = grace;
    }

    /** @return the line that it says: begun, or why not */
    String launch(ScriptOrder order, PinnedScript script, RunFolder folder) {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                "sh",
                folder.supervisor().toString(),
                folder.path().toString(),
                String.valueOf(order.limitSeconds()),
                String.valueOf(grace.toSeconds()),
                String.valueOf(order.maxOutput()),
                folder.script(script).toString()));
        command.addAll(order.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(script.root().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(allowed(order));
        try {
            return firstLine(order, builder.start());
        } catch (IOException e) {
            throw ScriptRunner.notStarted(order, e.getMessage());
        }
    }

    private Map<String, String> allowed(ScriptOrder order) {
        Map<String, String> allowed = new HashMap<>(Map.of("PATH", searchPath, "LANG", LANGUAGE));
        for (String name : order.environment()) {
            if (environment.containsKey(name)) {
                allowed.put(name, environment.get(name));
            }
        }
        return allowed;
    }

    private static String firstLine(ScriptOrder order, Process supervisor) throws IOException {
        supervisor.getOutputStream().close();
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> line(supervisor));
        try {
            return line.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw unheard(order, "no word of its supervisor within " + ANSWER_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unheard(order, "the program was stopped meanwhile");
        }
    }

    private static String line(Process supervisor) {
        try (BufferedReader said = supervisor.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            return line == null ? "its supervisor ended without a word" : line;
        } catch (IOException e) {
            return "its supervisor cannot be heard: " + e.getMessage();
        }
    }

    private static HostFailure unheard(ScriptOrder order, String why) {
        return new HostFailure(
                Kind.UNHEARD,
                "script '%s' may have been started on host %s: %s".formatted(order.script(), order.host(), why),
                "It is looked at again.");
    }
}
