package org.incidentorchestrator.step.verb;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.incidentorchestrator.step.verb.LineChart.Mark;
import org.incidentorchestrator.step.verb.LineChart.Point;
import org.incidentorchestrator.step.verb.LineChart.Series;

/** Draws a {@link LineChart}. Foreign text gets into it escaped, and nowhere else than between tags. */
final class LineChartSvg {
    private static final int WIDTH = 800;
    private static final int LEFT = 80;
    private static final int RIGHT = 780;
    private static final int TOP = 40;
    private static final int BOTTOM = 280;
    private static final int LEGEND = 18;
    /** Okabe and Ito's colours, which colour-blind people tell apart too. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

    private final LineChart chart;
    private final ChartAxis.Values values;
    private final ChartAxis.Times times;
    private final StringBuilder svg = new StringBuilder();

    LineChartSvg(LineChart chart) {
        this.chart = chart;
        List<Point> known =
                chart.series().stream().flatMap(line -> line.known().stream()).toList();
        double high = Math.max(
                known.stream().mapToDouble(Point::value).max().orElse(1),
                chart.marks().stream().mapToDouble(Mark::value).max().orElse(0));
        double low = Math.min(0, known.stream().mapToDouble(Point::value).min().orElse(0));
        this.values = new ChartAxis.Values(low, high);
        List<Instant> moments = known.stream().map(Point::at).sorted().toList();
        Instant from = moments.isEmpty() ? Instant.EPOCH : moments.get(0);
        Instant to = moments.isEmpty() ? from : moments.get(moments.size() - 1);
        this.times = new ChartAxis.Times(from, to);
        draw(!moments.isEmpty());
    }

    private void draw(boolean something) {
        int height =
                BOTTOM + 44 + LEGEND * (chart.series().size() + chart.marks().size());
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"", WIDTH, height);
        add(" font-family=\"sans-serif\" font-size=\"12\">\n");
        add("<title>%s</title>\n<desc>%s</desc>\n", escaped(chart.title()), escaped(chart.description()));
        add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, height);
        add("<text x=\"%d\" y=\"24\" font-size=\"15\">%s</text>\n", LEFT, escaped(chart.title()));
        if (something) {
            grid();
            chart.marks().forEach(this::level);
            for (int i = 0; i < chart.series().size(); i++) {
                line(chart.series().get(i), colour(i));
            }
        } else {
            text((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2, "middle", "nothing is known");
        }
        legend();
        add("</svg>\n");
    }

    private void grid() {
        for (double value : values.ticks()) {
            add("<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>\n", LEFT, y(value), RIGHT);
            text(LEFT - 8, y(value) + 4, "end", LineChart.number(value, chart.unit()));
        }
        for (Instant at : times.ticks()) {
            add("<path d=\"M%.1f %dV%d\" stroke=\"#eee\"/>\n", x(at), TOP, BOTTOM);
            String zone = at.equals(times.ticks().get(0)) ? " UTC" : "";
            text(x(at), BOTTOM + 16, "middle", times.label(at) + zone);
        }
    }

    private void level(Mark mark) {
        add("<path d=\"M%d %.1fH%d\" stroke=\"#b00\" stroke-dasharray=\"6 4\"/>\n", LEFT, y(mark.value()), RIGHT);
    }

    /** The line goes on after what is unknown, and not across it. */
    private void line(Series series, String colour) {
        StringBuilder path = new StringBuilder();
        boolean begins = true;
        for (Point point : series.points()) {
            if (point.known()) {
                path.append(
                        String.format(Locale.ROOT, "%s%.1f %.1f", begins ? "M" : "L", x(point.at()), y(point.value())));
                // A lone point is a line of no length, which only round ends make visible.
                path.append(begins ? "h0" : "");
            }
            begins = !point.known();
        }
        if (!path.isEmpty()) {
            add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" ", path, colour);
            add("stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n");
        }
    }

    private void legend() {
        int y = BOTTOM + 44;
        for (int i = 0; i < chart.series().size(); i++, y += LEGEND) {
            Series series = chart.series().get(i);
            add("<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"4\" fill=\"%s\"/>\n", LEFT, y - 6, colour(i));
            text(LEFT + 20, y, "start", series.name() + (series.known().isEmpty() ? " (unknown)" : ""));
        }
        for (Mark mark : chart.marks()) {
            add("<path d=\"M%d %dh12\" stroke=\"#b00\" stroke-dasharray=\"4 2\"/>\n", LEFT, y - 4);
            text(LEFT + 20, y, "start", mark.name() + ": " + LineChart.number(mark.value(), chart.unit()));
            y += LEGEND;
        }
    }

    static String colour(int line) {
        return COLOURS.get(line % COLOURS.size());
    }

    private double x(Instant at) {
        return LEFT + times.share(at) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - values.share(value) * (BOTTOM - TOP);
    }

    private void text(double x, double y, String anchor, String words) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escaped(words));
    }

    private void add(String format, Object... parts) {
        svg.append(String.format(Locale.ROOT, format, parts));
    }

    /** XML 1.0 has no control characters, escaped or not. */
    static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n]]|[\\uD800-\\uDFFF\\uFFFE\\uFFFF]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return svg.toString();
    }
}
