package org.incidentorchestrator.console.start.h2;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The embedded database's file, and the names of what lies beside it.
 *
 * @param options of the URL, as they were given, each with its semicolon
 */
record H2File(Path path, String options, String user, String password) {
    private static final String SUFFIX = ".mv.db";
    private static final Pattern URL = Pattern.compile("(?i)jdbc:h2:(?:file:)?((?![a-z]+:)[^;]+)((?:;.*)?)");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** @return empty for a database that is no file of this program: in memory, PostgreSQL */
    static Optional<H2File> of(String url, String user, String password) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(1).replaceFirst("^~(?=/)", System.getProperty("user.home"));
        Path file = Path.of(name + SUFFIX).toAbsolutePath().normalize();
        return Optional.of(new H2File(file, matcher.group(2), user, password));
    }

    /** Of a file like this one, at another place. */
    String url(Path file) {
        String name = file.toString();
        return "jdbc:h2:file:" + name.substring(0, name.length() - SUFFIX.length()) + options;
    }

    /** Lies there while a program has the database open. */
    Path mark() {
        return sibling(".open");
    }

    /** The tables without their rows, as they were when the program was last ready. */
    Path schema() {
        return sibling(".schema.sql");
    }

    /** What a check needs for its time. */
    Path workshop() {
        return sibling(".check");
    }

    /** What a check found that people have not been told yet. */
    Path report() {
        return sibling(".damage.txt");
    }

    Path toldReport(Instant at) {
        return sibling(".damage-" + TIME.format(at) + ".txt");
    }

    Path damaged(Instant at) {
        return sibling(".damaged-" + TIME.format(at) + SUFFIX);
    }

    private Path sibling(String suffix) {
        String name = path.getFileName().toString();
        return path.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + suffix);
    }
}
