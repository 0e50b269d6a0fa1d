package org.incidentorchestrator.console.start.h2;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.LongStream;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.result.SearchRow;
import org.h2.table.IndexColumn;
import org.h2.table.Table;

/**
 * Which rows a table has or had, from whatever of it can be read: the rows from both ends, and each index, which
 * names rows also where their own page is lost.
 */
final class RowIds {
    private RowIds() {}

    /** @return sorted, each once */
    static long[] of(SessionLocal session, Table table) {
        LongStream.Builder ids = LongStream.builder();
        collect(session, table.getScanIndex(session), ids);
        Inspection.secondary(table).forEach(index -> collect(session, index, ids));
        return ids.build().sorted().distinct().toArray();
    }

    private static void collect(SessionLocal session, Index index, LongStream.Builder ids) {
        if (Walk.over(session, index).each(row -> ids.add(row.getKey())).isPresent()) {
            Walk.backwardsOver(session, index).each(row -> ids.add(row.getKey()));
        }
    }

    /** What people know these rows by, as far as an index tells: {@code ID_ = 4711}. */
    static Map<Long, String> names(SessionLocal session, Table table, Set<Long> ids) {
        Map<Long, String> names = new LinkedHashMap<>();
        ids.forEach(id -> names.put(id, "row " + id));
        Inspection.secondary(table).stream()
                .sorted((one, other) -> Boolean.compare(
                        other.getIndexType().isPrimaryKey(), one.getIndexType().isPrimaryKey()))
                .limit(1)
                .forEach(index -> Walk.over(session, index).each(entry -> {
                    if (ids.contains(entry.getKey())) {
                        names.put(entry.getKey(), name(index, entry));
                    }
                }));
        return names;
    }

    private static String name(Index index, SearchRow entry) {
        StringJoiner name = new StringJoiner(", ");
        for (IndexColumn indexed : index.getIndexColumns()) {
            name.add(indexed.column.getName() + " = "
                    + entry.getValue(indexed.column.getColumnId()).getString());
        }
        return index.getIndexType().isPrimaryKey() ? name.toString() : "row " + entry.getKey() + " (" + name + ")";
    }
}
