package org.incidentorchestrator.console.start;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The databases that the schema and every query are written for, told by the JDBC URL: nothing else is to be set. */
public enum DatabaseKind {
    /** In the data folder, for trying out. */
    H2("jdbc:h2:", Map.of("blob", "blob", "text", "clob")),
    /** For whatever is kept. Never its large objects ({@code oid}), which outlive their row. */
    POSTGRESQL("jdbc:postgresql:", Map.of("blob", "bytea", "text", "text"));

    private final String prefix;
    private final Map<String, String> schemaTypes;

    DatabaseKind(String prefix, Map<String, String> schemaTypes) {
        this.prefix = prefix;
        this.schemaTypes = schemaTypes;
    }

    /** Empty for any other database. */
    public static Optional<DatabaseKind> of(String url) {
        return Arrays.stream(values())
                .filter(kind -> url.toLowerCase(Locale.ROOT).startsWith(kind.prefix))
                .findFirst();
    }

    /** A URL may be told to people, but for a password that somebody has written into it. */
    public static String withoutSecrets(String url) {
        return url.replaceAll("(?i)(password=)[^&;]*", "$1…").replaceAll("(//[^/@:]*:)[^/@]*@", "$1…@");
    }

    /** What the migrations call {@code ${blob}} and {@code ${text}}. */
    public Map<String, String> schemaTypes() {
        return schemaTypes;
    }
}
