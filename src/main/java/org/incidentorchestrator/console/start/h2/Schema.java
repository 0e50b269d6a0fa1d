package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that make the tables, without their rows. Kept beside the database, because a page that is lost may
 * be the one that says what the tables are, or where their rows lie.
 *
 * @param rows how many each table had then
 */
record Schema(List<String> statements, Map<String, Long> rows) {
    static final String SCRIPT = "script nodata nopasswords nosettings";

    private static final Pattern TABLE = Pattern.compile("(?s)CREATE CACHED TABLE \"PUBLIC\"\\.\"([^\"]+)\".*");
    private static final Pattern ROWS =
            Pattern.compile("-- (\\d{1,18}) \\+/- SELECT COUNT\\(\\*\\) FROM \"?PUBLIC\"?\\.\"?([^\";]+)\"?;?");
    private static final String BETWEEN = "\n\n";

    static Schema of(List<String> script) {
        List<String> parts = script.stream().map(String::strip).toList();
        Map<String, Long> rows = new LinkedHashMap<>();
        parts.stream()
                .map(ROWS::matcher)
                .filter(Matcher::matches)
                .forEach(count -> rows.put(count.group(2), Long.parseLong(count.group(1))));
        return new Schema(
                parts.stream()
                        .filter(part -> !part.isBlank() && !part.startsWith("--") && !part.startsWith("CREATE USER"))
                        .toList(),
                rows);
    }

    static Schema of(OpenDatabase database) throws SQLException {
        return of(database.strings(SCRIPT));
    }

    static Schema in(Path file) throws IOException {
        return Files.exists(file)
                ? of(List.of(Files.readString(file).split(BETWEEN)))
                : new Schema(List.of(), Map.of());
    }

    /** Of these tables so many rows may be gone. */
    Schema without(List<String> named, int most) {
        Map<String, Long> fewer = new LinkedHashMap<>(rows);
        named.forEach(table ->
                fewer.computeIfPresent(table.toUpperCase(Locale.ROOT), (name, had) -> Math.max(0, had - most)));
        return new Schema(statements, fewer);
    }

    String text() {
        Stream<String> counts = rows.entrySet().stream().map(count -> "-- %d +/- SELECT COUNT(*) FROM \"PUBLIC\".\"%s\""
                .formatted(count.getValue(), count.getKey()));
        return Stream.concat(counts, statements.stream()).collect(Collectors.joining(BETWEEN));
    }

    List<String> tables() {
        return statements.stream()
                .map(TABLE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /** Tables, keys and indexes. */
    Stream<String> first() {
        return statements.stream().filter(statement -> !refers(statement));
    }

    /** What a row that was saved without its parent must not be held to: these are not checked when they are made. */
    Stream<String> afterTheRows() {
        return statements.stream().filter(Schema::refers);
    }

    private static boolean refers(String statement) {
        return statement.contains(" FOREIGN KEY(");
    }
}
