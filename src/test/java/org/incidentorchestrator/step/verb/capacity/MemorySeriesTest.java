package org.incidentorchestrator.step.verb.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.capacity.MemorySeries.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySeriesTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void what_a_model_carries_is_read_back_as_it_was() {
        MemorySeries series = empty().with(sample(0, 143.2)).with(sample(60, 145.1));
        assertThat(series.text())
                .isEqualTo("mcp-gateway-7d9f-x2x1z 0b1c2d3e 3 app 2026-11-24T12:00:00Z 0=143.2,60=145.1");
        assertThat(MemorySeries.parse(series.text())).hasValue(series);
    }

    @Test
    void however_long_it_is_followed_the_series_fits_a_variable_and_keeps_its_first_and_its_last_sample() {
        MemorySeries series = empty();
        for (int minute = 0; minute < 24 * 60; minute++) {
            series = MemorySeries.parse(
                            series.with(sample(minute * 60, 100 + minute)).text())
                    .orElseThrow();
            assertThat(series.text()).hasSizeLessThanOrEqualTo(Line.MODEL);
        }
        assertThat(series.samples()).hasSizeGreaterThan(10);
        assertThat(series.samples().get(0)).isEqualTo(sample(0, 100));
        assertThat(series.last()).isEqualTo(sample(86_340, 1539));
        assertThat(Trend.of(series.samples()).perHour()).isCloseTo(60, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "pod uid 0 app 2026-11-24T12:00:00Z ",
                "pod uid 0 app 2026-13-24T12:00:00Z 0=1.0",
                "pod uid 0 app 2026-11-24T12:00:00Z 0=1.0;60=2.0",
                "pod uid 0 app 2026-11-24T12:00:00Z 0=NaN",
                "pod uid 0 <script> 2026-11-24T12:00:00Z 0=1.0"
            })
    void what_is_no_series_is_told_from_one(String text) {
        assertThat(MemorySeries.parse(text)).isEmpty();
    }

    @Test
    void a_straight_line_is_found_and_the_time_to_the_limit_with_it() {
        Trend trend = Trend.of(line(10, minute -> 200 + 2 * minute));
        assertThat(trend.word()).isEqualTo("growing");
        assertThat(trend.perHour()).isCloseTo(120, within(0.01));
        assertThat(trend.minutesTo(512)).isEqualTo(147);
        assertThat(trend.minutesTo(200)).isZero();
    }

    @Test
    void what_falls_or_stays_has_no_time_to_the_limit() {
        assertThat(Trend.of(line(10, minute -> 300 - 2 * minute)).word()).isEqualTo("falling");
        assertThat(Trend.of(line(10, minute -> 300)).word()).isEqualTo("steady");
        assertThat(Trend.of(line(10, minute -> 300 + minute % 2 * 20)).word()).isEqualTo("steady");
        assertThat(Trend.of(line(10, minute -> 300 + minute * 0.01)).word()).isEqualTo("steady");
        assertThat(Trend.of(line(10, minute -> 300)).minutesTo(512)).isEqualTo(-1);
    }

    @Test
    void few_samples_or_a_short_time_say_nothing() {
        assertThat(Trend.of(line(2, minute -> 100 * minute)).word()).isEqualTo("unknown");
        assertThat(Trend.of(List.of(sample(0, 1), sample(15, 2), sample(30, 3))).word())
                .isEqualTo("unknown");
    }

    private static MemorySeries empty() {
        return new MemorySeries("mcp-gateway-7d9f-x2x1z", "0b1c2d3e", 3, "app", List.of());
    }

    private static Sample sample(int second, double mebibytes) {
        return new Sample(START.plusSeconds(second), mebibytes);
    }

    private static List<Sample> line(int minutes, java.util.function.IntToDoubleFunction used) {
        return IntStream.range(0, minutes)
                .mapToObj(minute -> sample(minute * 60, used.applyAsDouble(minute)))
                .toList();
    }
}
