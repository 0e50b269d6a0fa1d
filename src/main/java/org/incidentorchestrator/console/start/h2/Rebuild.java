package org.incidentorchestrator.console.start.h2;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a fresh database of all that can be read of a damaged one. */
final class Rebuild {
    private final OpenDatabase old;
    private final Schema schema;
    private final List<Loss> losses = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private long saved;

    private Rebuild(OpenDatabase old, Schema schema) {
        this.old = old;
        this.schema = schema;
    }

    /**
     * @param saved rows
     * @param absent tables of which nothing is left, not even that they were there
     */
    record Result(long saved, List<Loss> losses, List<String> absent) {}

    static Result of(OpenDatabase old, Schema schema, H2File like, Path into) throws SQLException {
        Rebuild rebuild = new Rebuild(old, schema);
        try (OpenDatabase fresh = OpenDatabase.fresh(like, into)) {
            rebuild.fill(fresh);
        }
        return new Result(rebuild.saved, List.copyOf(rebuild.losses), List.copyOf(rebuild.absent));
    }

    private void fill(OpenDatabase fresh) throws SQLException {
        for (String statement : schema.first().toList()) {
            fresh.execute(statement);
        }
        Set<String> there = new HashSet<>();
        Findings.tablesOf(old.session()).forEach(table -> there.add(table.getName()));
        for (String table : schema.tables()) {
            if (!there.contains(table)) {
                absent.add(table);
            }
            TableCopy copy = new TableCopy(old, fresh, table);
            saved += copy.run();
            copy.loss().ifPresent(losses::add);
            numberOn(fresh, table);
        }
        for (String statement : schema.afterTheRows().toList()) {
            fresh.execute(statement);
        }
        fresh.commit();
        Findings findings = Findings.in(fresh.session());
        if (!findings.sound()) {
            throw new SQLException("the fresh file is not sound either: " + findings.faults());
        }
    }

    /** The statements may be older than the rows: a number that was given is not given again. */
    private static void numberOn(OpenDatabase fresh, String table) throws SQLException {
        List<String> columns = fresh.strings(
                """
                select column_name from information_schema.columns
                where table_schema = 'PUBLIC' and table_name = '%s' and is_identity = 'YES'"""
                        .formatted(table));
        for (String column : columns) {
            String sequence =
                    """
                    select greatest(identity_base, (select coalesce(max(%s), 0) + 1 from %s))
                    from information_schema.columns
                    where table_schema = 'PUBLIC' and table_name = '%s' and column_name = '%s'"""
                            .formatted(TableCopy.quoted(column), TableCopy.quoted(table), table, column);
            String next = fresh.strings(sequence).get(0);
            fresh.execute("alter table %s alter column %s restart with %s"
                    .formatted(TableCopy.quoted(table), TableCopy.quoted(column), next));
        }
    }
}
