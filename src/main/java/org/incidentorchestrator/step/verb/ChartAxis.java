package org.incidentorchestrator.step.verb;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where a value lies on a chart's axis, and which round values are written beside it. */
final class ChartAxis {
    private ChartAxis() {}

    /** Steps of 1, 2 or 5 times a power of ten, about five of them, from a round value to a round value. */
    static final class Values {
        private final double from;
        private final double step;
        private final int steps;

        Values(double low, double high) {
            double span = high > low ? high - low : 1;
            double power = Math.pow(10, Math.floor(Math.log10(span / 5)));
            double rough = span / 5 / power;
            this.step = power * (rough <= 1 ? 1 : rough <= 2 ? 2 : rough <= 5 ? 5 : 10);
            this.from = Math.floor(low / step) * step;
            // What a double cannot hold exactly must not cost a step.
            this.steps = (int) Math.max(1, Math.ceil((low + span - from) / step - 1e-9));
        }

        double share(double value) {
            return (value - from) / (step * steps);
        }

        List<Double> ticks() {
            return IntStream.rangeClosed(0, steps)
                    .mapToObj(i -> from + i * step)
                    .toList();
        }
    }

    /** Round times in UTC, at most eight. */
    static final class Times {
        private static final List<Duration> STEPS = List.of(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofMinutes(30),
                Duration.ofHours(1),
                Duration.ofHours(3),
                Duration.ofHours(6),
                Duration.ofHours(12),
                Duration.ofDays(1));

        private final Instant from;
        private final double seconds;
        private final long step;

        Times(Instant from, Instant to) {
            this.from = from;
            this.seconds = Math.max(1, Duration.between(from, to).toMillis() / 1000.0);
            this.step = STEPS.stream()
                    .map(Duration::toSeconds)
                    .filter(each -> seconds / each <= 7)
                    .findFirst()
                    .orElseGet(() -> 86_400 * (long) Math.ceil(seconds / 86_400 / 7));
        }

        double share(Instant at) {
            return Duration.between(from, at).toMillis() / 1000.0 / seconds;
        }

        List<Instant> ticks() {
            long first = -Math.floorDiv(-from.getEpochSecond(), step) * step;
            return Stream.iterate(first, each -> each + step)
                    .takeWhile(each -> each <= from.getEpochSecond() + seconds)
                    .map(Instant::ofEpochSecond)
                    .toList();
        }

        String label(Instant at) {
            String pattern =
                    step >= 86_400 ? "dd MMM" : step >= 10_800 ? "dd MMM HH:mm" : step < 60 ? "HH:mm:ss" : "HH:mm";
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                    .withZone(ZoneOffset.UTC)
                    .format(at);
        }
    }
}
