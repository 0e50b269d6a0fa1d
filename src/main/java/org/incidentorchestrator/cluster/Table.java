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
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + 3));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Once for all rows: a namespace may have thousands of pods. */
    private int[] widths() {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }
}
