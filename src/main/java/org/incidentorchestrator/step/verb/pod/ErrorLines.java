package org.incidentorchestrator.step.verb.pod;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.incidentorchestrator.cluster.Table;

/**
 * The lines of logs that tell of an error, counted by what is the same in them: numbers, times and ids are taken out, so
 * that a thousand failures of one kind are one kind.
 */
final class ErrorLines {
    private static final Pattern ERROR = Pattern.compile(
            "(?i)\\b(\\w*(error|exception)s?|err|fatal|panic|severe|critical|fail(ed|ures?)|oom|traceback)\\b");
    private static final Pattern NONE = Pattern.compile("(?i)\\b(0|no|without) (error|failure|exception)s?\\b");
    private static final Pattern ID =
            Pattern.compile("(?i)\\b(?=[0-9a-f-]*[0-9])[0-9a-f]{4,}(-[0-9a-f]{2,})*\\b|[0-9]+");
    private static final int LENGTH = 300;
    private static final int SHOWN = 50;

    private final Map<String, Integer> kinds = new TreeMap<>();
    private int lines;

    ErrorLines take(String log) {
        log.lines()
                .filter(line ->
                        ERROR.matcher(line).find() && !NONE.matcher(line).find())
                .forEach(line -> {
                    lines++;
                    kinds.merge(kind(line), 1, Integer::sum);
                });
        return this;
    }

    private static String kind(String line) {
        String same = ID.matcher(line).replaceAll("#").strip();
        return same.length() <= LENGTH ? same : same.substring(0, LENGTH);
    }

    int lines() {
        return lines;
    }

    int kinds() {
        return kinds.size();
    }

    /** The most frequent first. */
    Table table() {
        Table table = Table.of("COUNT", "LINE");
        List<Map.Entry<String, Integer>> sorted = kinds.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Integer> kind) -> -kind.getValue()))
                .limit(SHOWN)
                .toList();
        sorted.forEach(kind -> table.row(kind.getValue(), kind.getKey()));
        return table;
    }
}
