package org.incidentorchestrator.console.command;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of the command line. A setting ({@code --data.folder=/srv/incidents}) is known by the dot in its name, and may
 * stand anywhere with every command; without a command the program serves.
 *
 * @param settings as Spring takes them
 * @param command the command, its options and files
 */
record Arguments(List<String> settings, List<String> command) {
    private static final Predicate<String> SETTING = Pattern.compile(
                    "--[A-Za-z][\\w-]*(\\.[\\w\\[\\]-]+)+(=.*)?", Pattern.DOTALL)
            .asMatchPredicate();

    static Arguments of(String... words) {
        Map<Boolean, List<String>> sorted =
                Arrays.stream(words).collect(Collectors.partitioningBy(SETTING, Collectors.toList()));
        List<String> command = sorted.get(false);
        return new Arguments(sorted.get(true), command.isEmpty() ? List.of(Serve.NAME) : command);
    }
}
