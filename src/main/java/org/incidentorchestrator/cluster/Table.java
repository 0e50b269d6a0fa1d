package org.incidentorchestrator.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A text table as kubectl prints it: columns three spaces apart, headings in upper case. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> headings) {
        rows.add(headings);
    }

    public static Table of(String... headings) {
        return new Table(List.of(headings));
    }

    /** Adds a row; an empty cell shows as {@code <none>}, and a line break as a space. */
    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> String.valueOf(cell).replaceAll("\\p{Cntrl}+", " ").strip())
                .map(cell -> cell.isEmpty() ? "<none>" : cell)
                .toList());
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column))
                        .append(" ".repeat(width(column) - row.get(column).length() + 3));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
