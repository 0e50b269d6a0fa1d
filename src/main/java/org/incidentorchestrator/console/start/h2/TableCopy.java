package org.incidentorchestrator.console.start.h2;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.h2.engine.SessionLocal;
import org.h2.table.Table;

/** Copies the rows of a table, many at once; where that fails, in halves, until the rows that cannot be read are alone. */
final class TableCopy {
    private static final int AT_ONCE = 100;

    private final OpenDatabase from;
    private final OpenDatabase to;
    private final String table;
    private final String select;
    private final String insert;
    private final int columns;
    private final List<Long> lost = new ArrayList<>();
    private long saved;

    TableCopy(OpenDatabase from, OpenDatabase to, String table) throws SQLException {
        this.from = from;
        this.to = to;
        this.table = table;
        List<String> names = to.strings(
                "select column_name from information_schema.columns where table_schema = 'PUBLIC' and table_name = '%s' order by ordinal_position"
                        .formatted(table));
        this.columns = names.size();
        String list = names.stream().map(TableCopy::quoted).collect(Collectors.joining(", "));
        this.select = "select " + list + " from " + quoted(table) + " where _rowid_ between ? and ?";
        this.insert = "insert into " + quoted(table) + " (" + list + ") values ("
                + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** @return how many rows were copied */
    long run() throws SQLException {
        Optional<Table> source = source();
        if (source.isPresent()) {
            long[] ids = RowIds.of(from.session(), source.get());
            for (int start = 0; start < ids.length; start += AT_ONCE) {
                copy(ids, start, Math.min(ids.length, start + AT_ONCE));
            }
        }
        return saved;
    }

    Optional<Loss> loss() throws SQLException {
        Optional<Table> source = source();
        if (lost.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        Set<Long> named = lost.stream().limit(Loss.NAMED).collect(Collectors.toCollection(TreeSet::new));
        SessionLocal session = from.session();
        return Optional.of(new Loss(
                table,
                lost.size(),
                List.copyOf(RowIds.names(session, source.get(), named).values())));
    }

    private Optional<Table> source() throws SQLException {
        return Findings.tablesOf(from.session()).stream()
                .filter(candidate -> candidate.getName().equals(table))
                .findFirst();
    }

    private void copy(long[] ids, int start, int end) throws SQLException {
        if (copied(ids[start], ids[end - 1]) == end - start) {
            to.commit();
            saved += end - start;
            return;
        }
        to.recoverConnection();
        if (end - start == 1) {
            lost.add(ids[start]);
        } else {
            int middle = (start + end) / 2;
            copy(ids, start, middle);
            copy(ids, middle, end);
        }
    }

    /** @return how many rows are in the open transaction; -1 when one could not be read, or be inserted */
    private int copied(long first, long last) throws SQLException {
        try (PreparedStatement read = from.prepare(select);
                PreparedStatement write = to.prepare(insert)) {
            read.setLong(1, first);
            read.setLong(2, last);
            int rows = 0;
            try (ResultSet found = read.executeQuery()) {
                for (; found.next(); rows++) {
                    add(found, write);
                }
            }
            write.executeBatch();
            return rows;
        } catch (SQLException | RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError unreadable) {
            from.recoverConnection();
            return -1;
        }
    }

    private void add(ResultSet found, PreparedStatement write) throws SQLException {
        for (int column = 1; column <= columns; column++) {
            switch (found.getMetaData().getColumnType(column)) {
                case java.sql.Types.BLOB -> write.setBytes(column, found.getBytes(column));
                case java.sql.Types.CLOB -> write.setString(column, found.getString(column));
                default -> write.setObject(column, found.getObject(column));
            }
        }
        write.addBatch();
    }
}
