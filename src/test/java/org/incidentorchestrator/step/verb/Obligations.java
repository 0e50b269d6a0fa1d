package org.incidentorchestrator.step.verb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines of the written runbook. */
final class Obligations {
    private static final Set<String> OF_VERBS = Set.of("read", "change", "exec", "host");
    private static final List<String[]> LINES = read();

    private Obligations() {}

    static Set<String> ids() {
        return LINES.stream().map(line -> line[0]).collect(Collectors.toSet());
    }

    /** Those that are carried out by what a verb does: not by a decision, a window, a timer or a page. */
    static Set<String> ofVerbs() {
        return LINES.stream()
                .filter(line -> OF_VERBS.contains(line[3]))
                .map(line -> line[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String[]> read() {
        try (Stream<String> lines = Files.lines(Path.of("src/main/resources/runbook/obligations.tsv"))) {
            return lines.skip(1).map(line -> line.split("\t")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
