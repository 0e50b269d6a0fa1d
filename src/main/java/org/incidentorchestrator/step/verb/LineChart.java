package org.incidentorchestrator.step.verb;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Artefact;

/**
 * Values over time as a picture to be kept: one line per series, time in UTC, values from 0. As an SVG (1.1) without
 * scripts or links, that any browser shows; what it shows stands in its description too, in words.
 *
 * <pre>{@code
 * new LineChart("Memory of mcp-gateway", "MiB", List.of(new Series("mcp-gateway-7d9f-x2x1z", points)),
 *         List.of(new Mark("limit", 512))).artefact("mcp-gateway-memory.svg", kubectlLine)
 * }</pre>
 *
 * @param title one line
 * @param unit of all values, as it is read after a number: {@code MiB}, {@code %}, {@code req/s}; may be empty
 * @param series each a line; one without points, or with unknown ones only, is named as unknown
 * @param marks level lines: a limit, a threshold
 */
public record LineChart(String title, String unit, List<Series> series, List<Mark> marks) {
    private static final int LONGEST_NAME = 100;

    public LineChart {
        title = Line.of(title, LONGEST_NAME);
        unit = Line.of(unit, LONGEST_NAME);
        series = List.copyOf(series);
        marks = List.copyOf(marks);
    }

    /** @param points in any order; a few hundred are enough for the picture's width */
    public record Series(String name, List<Point> points) {
        public Series {
            name = Line.of(name, LONGEST_NAME);
            points = points.stream().sorted(Comparator.comparing(Point::at)).toList();
        }

        List<Point> known() {
            return points.stream().filter(Point::known).toList();
        }
    }

    /** @param value NaN or infinite where it is unknown: the line is interrupted there, and never drawn as 0 */
    public record Point(Instant at, double value) {
        boolean known() {
            return Double.isFinite(value);
        }
    }

    public record Mark(String name, double value) {
        public Mark {
            name = Line.of(name, LONGEST_NAME);
        }
    }

    /** @param name with its ending, {@code .svg}; @param source the line that shows the same numbers */
    public Artefact artefact(String name, String source) {
        return new Artefact(name, "image/svg+xml", source, svg());
    }

    public String svg() {
        return new LineChartSvg(this).toString();
    }

    /** What the picture shows, one line for each series and each mark. */
    public String description() {
        String lines = series.stream().map(this::words).collect(Collectors.joining("\n"));
        String levels = marks.stream()
                .map(mark -> "\n" + mark.name + ": " + number(mark.value))
                .collect(Collectors.joining());
        return (lines.isEmpty() ? "nothing is known" : lines) + levels;
    }

    private String words(Series line) {
        List<Point> known = line.known();
        if (known.isEmpty()) {
            return line.name + ": unknown";
        }
        double low = known.stream().mapToDouble(Point::value).min().orElseThrow();
        double high = known.stream().mapToDouble(Point::value).max().orElseThrow();
        Point first = known.get(0);
        Point last = known.get(known.size() - 1);
        int unknown = line.points.size() - known.size();
        return "%s: %s at %s, %s at %s, between %s and %s in %d points%s"
                .formatted(
                        line.name,
                        number(first.value),
                        first.at,
                        number(last.value),
                        last.at,
                        number(low),
                        number(high),
                        known.size(),
                        unknown == 0 ? "" : ", " + unknown + " unknown");
    }

    private String number(double value) {
        return number(value, unit);
    }

    /** With three digits that count: {@code 0.00123}, {@code 12.3}, {@code 1230 MiB}. */
    public static String number(double value, String unit) {
        double size = Math.abs(value);
        int decimals = size == 0 || size >= 100 ? 0 : Math.min(9, Math.max(0, 2 - (int) Math.floor(Math.log10(size))));
        String digits = String.format(Locale.ROOT, "%." + decimals + "f", value);
        String plain = digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
        return unit.isEmpty() ? plain : plain + " " + unit;
    }
}
