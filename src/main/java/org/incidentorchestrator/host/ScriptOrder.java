package org.incidentorchestrator.host;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.host.HostSettings.Script;

/**
 * What is run when a script is: all of it is decided on, so an approval of one order is none of another.
 *
 * @param host the name of the machine that it was planned on
 * @param path below the root
 * @param limitSeconds of a run
 * @param maxOutput in bytes
 * @param environment names, never values
 */
public record ScriptOrder(
        String script,
        String host,
        String path,
        String sha256,
        List<String> arguments,
        List<String> environment,
        long limitSeconds,
        long maxOutput,
        boolean readOnly,
        int atOnce) {
    public ScriptOrder {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /** The line that does the same by hand, in the folder of the setting {@code host.root}. */
    public String line() {
        return Stream.concat(Stream.of("./" + path), arguments.stream())
                .map(ScriptOrder::quoted)
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    static ScriptOrder of(String id, Script script, String host) {
        return new ScriptOrder(
                id,
                host,
                script.path(),
                script.sha256(),
                script.arguments(),
                script.environment(),
                script.timeLimit().toSeconds(),
                script.maxOutput().toBytes(),
                script.readOnly(),
                script.atOnce());
    }
}
