package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.incidentorchestrator.evidence.EvidenceSettings;
import org.incidentorchestrator.evidence.Redaction;
import org.incidentorchestrator.step.verb.LineChart.Mark;
import org.incidentorchestrator.step.verb.LineChart.Point;
import org.incidentorchestrator.step.verb.LineChart.Series;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class LineChartTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void a_line_is_drawn_from_left_to_right_and_from_zero_up() {
        Document svg = svg(chart(series("a", 0, 50, 100)));
        assertThat(lines(svg)).containsExactly("M80.0 280.0h0L430.0 160.0L780.0 40.0");
        assertThat(texts(svg))
                .contains("Memory", "a", "0 MiB", "20 MiB", "100 MiB", "12:00:00 UTC", "12:00:30", "12:02:00")
                .doesNotContain("120 MiB");
    }

    @Test
    void what_is_unknown_interrupts_the_line_and_is_never_zero() {
        Document svg = svg(chart(series("a", 100, Double.NaN, 100), series("b", Double.NaN)));
        assertThat(lines(svg)).containsExactly("M80.0 40.0h0M780.0 40.0h0");
        assertThat(texts(svg)).contains("a", "b (unknown)");
        assertThat(description(svg))
                .isEqualTo("a: 100 MiB at 2026-11-24T12:00:00Z, 100 MiB at 2026-11-24T12:02:00Z, between 100 MiB and"
                        + " 100 MiB in 2 points, 1 unknown\nb: unknown");
    }

    @Test
    void a_chart_of_nothing_says_so() {
        assertThat(texts(svg(chart()))).contains("nothing is known");
        assertThat(description(svg(chart()))).isEqualTo("nothing is known");
        assertThat(texts(svg(chart(series("a"))))).contains("nothing is known", "a (unknown)");
    }

    @Test
    void a_mark_above_all_values_lies_within_the_picture() {
        Document svg = svg(new LineChart("Memory", "MiB", List.of(series("a", 1, 2)), List.of(new Mark("limit", 512))));
        assertThat(texts(svg)).contains("limit: 512 MiB", "600 MiB");
        assertThat(description(svg)).endsWith("limit: 512 MiB");
    }

    @Test
    void foreign_text_stays_text() {
        LineChart chart = chart(series("</text><script>alert(1)</script> & \u0007 \uD83D", 1));
        assertThat(chart.svg()).doesNotContain("<script");
        assertThat(texts(svg(chart))).contains("</text><script>alert(1)</script> & ?");
    }

    @Test
    void values_are_written_with_the_digits_that_count_in_any_locale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Stream.of(0.0, 0.00123456, 0.5, 12.345, 123.456, 123456.0, -2.5)
                            .map(value -> LineChart.number(value, "")))
                    .containsExactly("0", "0.00123", "0.5", "12.3", "123", "123456", "-2.5");
            assertThat(lines(svg(chart(series("a", 0, 1))))).containsExactly("M80.0 280.0h0L780.0 40.0");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_long_time_has_few_labels_with_their_days() {
        List<Point> days = IntStream.range(0, 30)
                .mapToObj(day -> new Point(NOON.plusSeconds(86_400L * day), day))
                .toList();
        assertThat(texts(svg(chart(new Series("a", days)))))
                .contains("28 Nov UTC", "23 Dec")
                .hasSizeLessThan(20);
    }

    @Test
    void a_chart_is_kept_as_it_was_drawn() {
        String svg = chart(series(
                        "mcp-gateway-7d9f5c6b4-x2x1z",
                        IntStream.range(0, 500).asDoubleStream().toArray()))
                .artefact("memory.svg", "")
                .content();
        assertThat(new Redaction(EvidenceSettings.defaults()).apply(svg)).isEqualTo(svg);
    }

    private static LineChart chart(Series... series) {
        return new LineChart("Memory", "MiB", List.of(series), List.of());
    }

    /** One value a minute. */
    private static Series series(String name, double... values) {
        return new Series(
                name,
                IntStream.range(0, values.length)
                        .mapToObj(i -> new Point(NOON.plusSeconds(60L * i), values[i]))
                        .toList());
    }

    private static Document svg(LineChart chart) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(chart.svg())));
        } catch (Exception e) {
            throw new AssertionError("not XML: " + chart.svg(), e);
        }
    }

    private static List<String> lines(Document svg) {
        return elements(svg, "path")
                .filter(path -> path.getAttribute("stroke-width").equals("2"))
                .map(path -> path.getAttribute("d"))
                .toList();
    }

    private static List<String> texts(Document svg) {
        return elements(svg, "text").map(Element::getTextContent).toList();
    }

    private static String description(Document svg) {
        return elements(svg, "desc").findFirst().orElseThrow().getTextContent();
    }

    private static Stream<Element> elements(Document svg, String tag) {
        var found = svg.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }
}
