package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.mvstore.db.MVSecondaryIndex;
import org.h2.result.SearchRow;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.value.Value;
import org.h2.value.ValueBlob;
import org.h2.value.ValueClob;
import org.h2.value.ValueNull;

/**
 * Reads every row of a table with all that it holds, then all entries of each index, and compares: their number, and a
 * sum over row and indexed values, so that an index is found out also where two faults leave the number right.
 */
final class Inspection {
    private final SessionLocal session;
    private final Table table;
    private final List<Index> indexes;
    private final int[][] columns;
    private final long[] expected;
    private final List<String> faults = new ArrayList<>();
    private long rows;

    private Inspection(SessionLocal session, Table table) {
        this.session = session;
        this.table = table;
        this.indexes = secondary(table);
        this.columns = indexes.stream()
                .map(index -> Arrays.stream(index.getIndexColumns())
                        .mapToInt(indexed -> indexed.column.getColumnId())
                        .toArray())
                .toArray(int[][]::new);
        this.expected = new long[indexes.size()];
    }

    static TableState of(SessionLocal session, Table table) {
        Inspection inspection = new Inspection(session, table);
        inspection.rows();
        inspection.indexes();
        return new TableState(
                table.getName(), inspection.rows, inspection.indexes.size(), List.copyOf(inspection.faults));
    }

    /** Those that are kept apart from the rows; an integer primary key is the table itself. */
    static List<Index> secondary(Table table) {
        return table.getIndexes().stream()
                .filter(MVSecondaryIndex.class::isInstance)
                .toList();
    }

    private void rows() {
        Walk.over(session, table.getScanIndex(session)).each(this::row).ifPresent(this::fault);
        if (faults.isEmpty()) {
            long counted = table.getRowCount(session);
            if (counted != rows) {
                fault("says that it has %d rows, and has %d".formatted(counted, rows));
            }
        }
    }

    private void row(SearchRow row) {
        for (int column = 0; column < row.getColumnCount(); column++) {
            readWhole(table.getColumn(column), row.getValue(column));
        }
        rows++;
        for (int at = 0; at < expected.length; at++) {
            expected[at] += mark(row, columns[at]);
        }
    }

    private void indexes() {
        for (int at = 0; at < expected.length; at++) {
            Index index = indexes.get(at);
            int[] indexed = columns[at];
            long sum = expected[at];
            long[] found = new long[2];
            Walk.over(session, index)
                    .each(entry -> {
                        found[0]++;
                        found[1] += mark(entry, indexed);
                    })
                    .ifPresentOrElse(
                            why -> fault("index " + index.getName() + " " + why),
                            () -> compare(index, found[0], found[1] == sum));
        }
    }

    private void compare(Index index, long entries, boolean same) {
        if (entries != rows) {
            fault("index %s has %d entries for %d rows".formatted(index.getName(), entries, rows));
        } else if (!same) {
            fault("index %s has other values than the rows".formatted(index.getName()));
        }
    }

    private void fault(String what) {
        faults.add(table.getName() + " " + what);
    }

    private static long mark(SearchRow row, int[] columns) {
        long mark = row.getKey() * 0x9E3779B97F4A7C15L;
        for (int column : columns) {
            mark = Long.rotateLeft(mark ^ row.getValue(column).hashCode(), 23) * 0xC2B2AE3D27D4EB4FL;
        }
        return mark;
    }

    /** As an insert would take it, and what is kept outside of the row. */
    private void readWhole(Column column, Value value) {
        if (value == ValueNull.INSTANCE && !column.isNullable()) {
            throw new IllegalStateException(column.getName() + " is null");
        }
        value.convertForAssignTo(column.getType(), session, column.getName());
        try {
            if (value instanceof ValueBlob blob) {
                try (InputStream bytes = blob.getInputStream()) {
                    sameLength(blob.octetLength(), bytes.transferTo(OutputStream.nullOutputStream()));
                }
            } else if (value instanceof ValueClob clob) {
                try (Reader text = clob.getReader()) {
                    sameLength(clob.charLength(), text.transferTo(Writer.nullWriter()));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void sameLength(long said, long read) throws IOException {
        if (said != read) {
            throw new IOException("a large value of " + said + " has only " + read);
        }
    }
}
