package org.incidentorchestrator.console.start.h2;

import java.util.List;

/**
 * What could not be saved of one table.
 *
 * @param rows how many
 * @param names what the first of them are known by
 */
record Loss(String table, long rows, List<String> names) {
    static final int NAMED = 50;

    @Override
    public String toString() {
        return "%s: %d %s (%s%s)"
                .formatted(
                        table,
                        rows,
                        rows == 1 ? "row" : "rows",
                        String.join("; ", names),
                        rows > names.size() ? "; …" : "");
    }
}
