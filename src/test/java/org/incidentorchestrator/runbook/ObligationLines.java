package org.incidentorchestrator.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The lines of the written runbook, as the project keeps them, and what is kept beside them. */
final class ObligationLines {
    private static final Path FOLDER = Path.of("src/main/resources/runbook");

    private ObligationLines() {}

    /** @param text the line as it was written @param effect read, change, host, decision, timer … */
    record Line(String id, String procedure, String text, String effect) {}

    static List<Line> read() {
        return rows("obligations.tsv").stream()
                .map(cells -> new Line(cells[0], cells[1], cells[2], cells[3]))
                .toList();
    }

    static Set<String> ids() {
        return read().stream().map(Line::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where we deviate, or read something into it, by line; in the words of the table. */
    static Map<String, String> readings() {
        Map<String, String> readings = new LinkedHashMap<>();
        for (String[] row : rows("readings.tsv")) {
            for (String id : row[0].split(",")) {
                readings.merge(id, row[1], (first, second) -> first + " " + second);
            }
        }
        return readings;
    }

    private static List<String[]> rows(String file) {
        return lines(file).stream().skip(1).map(line -> line.split("\t")).toList();
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
