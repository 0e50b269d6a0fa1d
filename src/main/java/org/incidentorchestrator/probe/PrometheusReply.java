package org.incidentorchestrator.probe;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.probe.PrometheusAnswer.Known;
import org.incidentorchestrator.probe.PrometheusAnswer.Point;
import org.incidentorchestrator.probe.PrometheusAnswer.Series;
import org.incidentorchestrator.probe.PrometheusAnswer.Unknown;
import org.incidentorchestrator.probe.PrometheusAnswer.Why;

/**
 * Reads the JSON of Prometheus' HTTP API (prometheus.io/docs/prometheus/latest/querying/api): a result is a scalar, a
 * vector or a matrix; numbers travel as strings, {@code NaN} and {@code +Inf} among them.
 *
 * @param where the address, for messages
 */
record PrometheusReply(String where) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_MESSAGE = 300;

    PrometheusAnswer read(Exchange.Reply reply) {
        JsonNode json = json(reply.body());
        String status = json.path("status").asText();
        if (status.equals("success")) {
            return known(json);
        } else if (reply.status() == 401 || reply.status() == 403) {
            return unknown(Why.REFUSED, "did not let us in", reply, "See probe.prometheus.token-file");
        } else if (!status.equals("error")) {
            return unknown(Why.UNREACHABLE, "did not answer like a Prometheus", reply, "See probe.prometheus.url");
        }
        // Its own sentence; 503 is a query that it gave up or a storage that it cannot reach.
        String said = "says: " + clean(json.path("error").asText());
        return reply.status() >= 500
                ? unknown(Why.UNREACHABLE, said, reply, "Ask again; see its own state")
                : unknown(Why.REFUSED, said, reply, "Correct the expression in the settings");
    }

    private Unknown unknown(Why why, String what, Exchange.Reply reply, String remedy) {
        return new Unknown(why, "Prometheus at %s %s (%d). %s".formatted(where, what, reply.status(), remedy));
    }

    private PrometheusAnswer known(JsonNode json) {
        List<Series> series = series(json.path("data"));
        if (series.stream().flatMap(each -> each.points().stream()).noneMatch(Point::known)) {
            return new Unknown(
                    Why.NO_DATA,
                    series.isEmpty()
                            ? "Prometheus has no series for it at this time"
                            : "Prometheus has no number for it, only NaN, as where nothing was counted");
        }
        List<String> warnings = new ArrayList<>();
        json.path("warnings").forEach(warning -> warnings.add(clean(warning.asText())));
        return new Known(series, warnings);
    }

    private static List<Series> series(JsonNode data) {
        JsonNode result = data.path("result");
        if (data.path("resultType").asText().equals("scalar")) {
            return List.of(new Series(Map.of(), List.of(point(result))));
        }
        List<Series> series = new ArrayList<>();
        for (JsonNode each : result) {
            List<Point> points = new ArrayList<>();
            each.path("values").forEach(value -> points.add(point(value)));
            if (each.has("value")) {
                points.add(point(each.path("value")));
            }
            // Native histograms have "histogram" instead: a distribution is no number.
            if (!points.isEmpty()) {
                series.add(new Series(labels(each.path("metric")), points));
            }
        }
        return series;
    }

    private static Map<String, String> labels(JsonNode metric) {
        Map<String, String> labels = new LinkedHashMap<>();
        metric.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    /** A pair of seconds and a number's text. */
    private static Point point(JsonNode pair) {
        long millis = Math.round(pair.path(0).asDouble() * 1000);
        return new Point(Instant.ofEpochMilli(millis), value(pair.path(1).asText()));
    }

    private static double value(String text) {
        try {
            return Double.parseDouble(text.replace("Inf", "Infinity"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static String clean(String foreign) {
        String line = foreign.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }
}
