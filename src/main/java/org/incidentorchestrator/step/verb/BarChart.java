package org.incidentorchestrator.step.verb;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.incidentorchestrator.evidence.Artefact;

/**
 * Values side by side as a picture to be kept: one group of bars for each thing that is compared, from 0. As an SVG (1.1)
 * without scripts or links; what it shows stands in its description too, in words.
 *
 * <pre>{@code
 * new BarChart("Memory of a1-orchestrator", "MiB", List.of("used", "requested", "limit"),
 *         List.of(new Group("mcp-gateway", List.of(180.0, 256.0, 1024.0)))).artefact("memory.svg", kubectlLine)
 * }</pre>
 *
 * @param title one line
 * @param unit of all values, as it is read after a number; may be empty
 * @param series what each bar of a group stands for
 * @param groups each has a value for each of the series
 */
public record BarChart(String title, String unit, List<String> series, List<Group> groups) {
    private static final int LONGEST_NAME = 100;

    public BarChart {
        title = Line.of(title, LONGEST_NAME);
        unit = Line.of(unit, LONGEST_NAME);
        series = series.stream().map(name -> Line.of(name, LONGEST_NAME)).toList();
        groups = List.copyOf(groups);
    }

    /** @param values NaN or infinite where it is unknown, or where there is none: no bar is drawn, and never one of 0 */
    public record Group(String name, List<Double> values) {
        public Group {
            name = Line.of(name, LONGEST_NAME);
            values = List.copyOf(values);
        }

        double value(int series) {
            return series < values.size() ? values.get(series) : Double.NaN;
        }
    }

    /** @param name with its ending, {@code .svg}; @param source the line that shows the same numbers */
    public Artefact artefact(String name, String source) {
        return new Artefact(name, "image/svg+xml", source, svg());
    }

    public String svg() {
        return new BarChartSvg(this).toString();
    }

    /** What the picture shows, one line for each group. */
    public String description() {
        String lines = groups.stream().map(this::words).collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "nothing is known" : lines;
    }

    private String words(Group group) {
        return IntStream.range(0, series.size())
                .mapToObj(i -> series.get(i) + " " + number(group.value(i)))
                .collect(Collectors.joining(", ", group.name + ": ", ""));
    }

    String number(double value) {
        return Double.isFinite(value) ? LineChart.number(value, unit) : "unknown";
    }
}
