package org.incidentorchestrator.step.verb;

import java.util.List;
import java.util.Locale;
import org.incidentorchestrator.step.verb.BarChart.Group;

/** Draws a {@link BarChart}: a row of bars for each group, beside each other, so that long names stay readable. */
final class BarChartSvg {
    private static final int WIDTH = 800;
    private static final int LEFT = 220;
    private static final int RIGHT = 700;
    private static final int TOP = 44;
    private static final int BAR = 12;
    private static final int GAP = 14;
    private static final int LEGEND = 18;

    private final BarChart chart;
    private final double highest;
    private final StringBuilder svg = new StringBuilder();

    BarChartSvg(BarChart chart) {
        this.chart = chart;
        this.highest = chart.groups().stream()
                .flatMapToDouble(group -> group.values().stream().mapToDouble(Double::doubleValue))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        draw();
    }

    private void draw() {
        int group = chart.series().size() * BAR + GAP;
        int bottom = TOP + Math.max(1, chart.groups().size()) * group;
        int height = bottom + 12 + LEGEND * chart.series().size();
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"", WIDTH, height);
        add(" font-family=\"sans-serif\" font-size=\"12\">\n");
        add("<title>%s</title>\n<desc>%s</desc>\n", LineChartSvg.escaped(chart.title()), escapedDescription());
        add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, height);
        add("<text x=\"20\" y=\"24\" font-size=\"15\">%s</text>\n", LineChartSvg.escaped(chart.title()));
        if (chart.groups().isEmpty()) {
            text((LEFT + RIGHT) / 2, TOP + BAR, "middle", "nothing is known");
        }
        for (int i = 0; i < chart.groups().size(); i++) {
            group(chart.groups().get(i), TOP + i * group);
        }
        legend(bottom + 20);
        add("</svg>\n");
    }

    private String escapedDescription() {
        return LineChartSvg.escaped(chart.description());
    }

    private void group(Group group, int top) {
        text(LEFT - 8, top + chart.series().size() * BAR / 2 + 4, "end", group.name());
        for (int i = 0; i < chart.series().size(); i++) {
            double value = group.value(i);
            int y = top + i * BAR;
            double width = Double.isFinite(value) && highest > 0 ? Math.max(0, value) / highest * (RIGHT - LEFT) : 0;
            add(
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                    LEFT, y, width, BAR - 2, LineChartSvg.colour(i));
            text(LEFT + (int) width + 6, y + BAR - 3, "start", chart.number(value));
        }
    }

    private void legend(int top) {
        List<String> series = chart.series();
        for (int i = 0; i < series.size(); i++) {
            int y = top + i * LEGEND;
            add(
                    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"8\" fill=\"%s\"/>\n",
                    LEFT, y - 8, LineChartSvg.colour(i));
            text(LEFT + 20, y, "start", series.get(i));
        }
    }

    private void text(int x, int y, String anchor, String words) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, LineChartSvg.escaped(words));
    }

    private void add(String format, Object... parts) {
        svg.append(String.format(Locale.ROOT, format, parts));
    }

    @Override
    public String toString() {
        return svg.toString();
    }
}
