package org.incidentorchestrator.probe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What Prometheus said to a question: numbers, or that and why there are none. */
public sealed interface PrometheusAnswer {
    /**
     * At least one number.
     *
     * @param series of an instant query each with one point
     * @param warnings what Prometheus adds when the answer may be partial; empty for a whole one
     */
    record Known(List<Series> series, List<String> warnings) implements PrometheusAnswer {
        public Known {
            series = List.copyOf(series);
            warnings = List.copyOf(warnings);
        }

        /**
         * The highest of the numbers that the series end with, of those that last until this moment: a pod that is gone
         * has a last number too.
         */
        public OptionalDouble highest(Instant since) {
            return series.stream()
                    .map(each -> each.last(since))
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .max();
        }
    }

    /** No number. @param text one sentence or two: what was seen, and what to do */
    record Unknown(Why why, String text) implements PrometheusAnswer {}

    enum Why {
        /** No Prometheus is named in the settings. */
        NOT_CONFIGURED,
        /** It did not answer in time, or what answered is no Prometheus. */
        UNREACHABLE,
        /** It answered that it will not answer: a wrong query, a token that is not accepted. */
        REFUSED,
        /** It has no such series at this time, or only NaN: what has no traffic has no latency. */
        NO_DATA
    }

    /** @param labels of the series, without its name where an expression made it */
    record Series(Map<String, String> labels, List<Point> points) {
        public Series {
            labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
            points = List.copyOf(points);
        }

        /** The latest number; empty when the latest point is NaN or infinite, or lies before this moment. */
        public OptionalDouble last(Instant since) {
            Point last = points.get(points.size() - 1);
            return last.known() && !last.at().isBefore(since)
                    ? OptionalDouble.of(last.value())
                    : OptionalDouble.empty();
        }
    }

    /** @param value NaN and the infinities are none: see {@link #known} */
    record Point(Instant at, double value) {
        public boolean known() {
            return Double.isFinite(value);
        }
    }
}
