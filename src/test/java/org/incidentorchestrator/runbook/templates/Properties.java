package org.incidentorchestrator.runbook.templates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a model says of an element in its properties, as the table of the architecture's page explains them. */
final class Properties {
    private static final Path PAGE = Path.of("src/docs/architecture.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (.+?) \\| (.+?) \\|$");
    private static final Map<String, Row> ROWS = rows();

    private Properties() {}

    /** @param lines those that a step carries out; may be empty */
    static Field runbook(String lines) {
        String help = ROWS.get("runbook").says() + (lines.isEmpty() ? "" : ", of " + lines);
        return labelled(Field.property("runbook"), "runbook", help)
                .matching("^([A-Z]\\d\\d(, ?[A-Z]\\d\\d)*)?$", "ids of lines, as D04,X04");
    }

    static Stream<Field> ofChanges() {
        return ROWS.entrySet().stream()
                .filter(row -> row.getValue().on().equals("a change"))
                .map(row -> labelled(
                        Field.property(row.getKey()),
                        row.getKey(),
                        row.getValue().says()));
    }

    private static Field labelled(Field field, String name, String help) {
        String sentence = help.substring(0, 1).toUpperCase() + help.substring(1) + ".";
        return field.labelled(name, sentence).grouped(Template.SAYS);
    }

    private static Map<String, Row> rows() {
        try {
            Map<String, Row> rows = new LinkedHashMap<>();
            ROW.matcher(Files.readString(PAGE))
                    .results()
                    .forEach(row -> rows.put(row.group(1), new Row(row.group(2), row.group(3))));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Row(String on, String says) {}
}
