package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The statements that make the tables, without their rows. Kept beside the database, because a page that is lost may
 * be the one that says what the tables are.
 */
record Schema(List<String> statements) {
    static final String SCRIPT = "script nodata nopasswords nosettings";

    private static final Pattern TABLE = Pattern.compile("(?s)CREATE CACHED TABLE \"PUBLIC\"\\.\"([^\"]+)\".*");
    private static final String BETWEEN = "\n\n";

    static Schema of(List<String> script) {
        return new Schema(script.stream()
                .map(Schema::withoutComment)
                .filter(statement -> !statement.isBlank() && !statement.startsWith("CREATE USER"))
                .toList());
    }

    static Schema of(OpenDatabase database) throws SQLException {
        return of(database.strings(SCRIPT));
    }

    static Schema in(Path file) throws IOException {
        return Files.exists(file) ? of(List.of(Files.readString(file).split(BETWEEN))) : new Schema(List.of());
    }

    String text() {
        return String.join(BETWEEN, statements);
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

    private static String withoutComment(String statement) {
        String text = statement.strip();
        return text.startsWith("--") ? "" : text;
    }
}
