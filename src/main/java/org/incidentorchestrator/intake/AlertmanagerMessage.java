package org.incidentorchestrator.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Severity;

/**
 * Reads Alertmanager's webhook body, version 4 ({@code template.Data} in its source). Each alert has a status of its
 * own: the group's is "firing" while any of them is. Fields that are not known are passed over, for newer versions add
 * some. An {@code endsAt} is not read: the status says it, and a firing alert's lies in year 1. A start is read to the
 * millisecond: the webhook writes nanoseconds where the API cuts them off, and both name the same episode.
 *
 * <p>What a {@link Reconciliation} writes has the same form. Its alerts may be "gone", and then name their incident's
 * key instead of labels.
 */
final class AlertmanagerMessage {
    /** A real message is four levels deep; texts are as long as a rule's author wrote them. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(500_000)
                            .maxNumberLength(100)
                            .maxNameLength(5_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String source;
    private final AlertKeys keys;

    AlertmanagerMessage(String source, AlertKeys keys) {
        this.source = source;
        this.keys = keys;
    }

    Message read(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode alerts = root.path("alerts");
            if (!alerts.isArray() || alerts.isEmpty()) {
                return Message.unintelligible(
                        "The message has no alerts: Alertmanager's version 4 lists at least one under \"alerts\"");
            }
            return read(alerts, root.path("truncatedAlerts").asInt(0));
        } catch (JsonProcessingException e) {
            return Message.unintelligible("The message is not JSON that can be read: "
                    + CleanText.line(e.getOriginalMessage(), 300) + where(e.getLocation()));
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    private Message read(JsonNode nodes, int truncated) {
        List<Alert> alerts = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int at = 0; at < nodes.size(); at++) {
            try {
                alerts.add(alert(nodes.get(at)));
            } catch (WrongShape e) {
                faults.add("alerts[" + at + "] " + e.getMessage());
            }
        }
        return new Message(alerts, faults, Math.max(0, truncated));
    }

    Alert alert(JsonNode node) throws WrongShape {
        Map<String, String> labels = texts(node.path("labels"));
        Map<String, String> annotations = texts(node.path("annotations"));
        IncidentKey key = node.path("key").isObject() ? key(node.path("key")) : keys.of(labels);
        if (key.alertName().isEmpty()) {
            throw new WrongShape("has no label \"alertname\"");
        }
        return new Alert(
                source,
                status(node.path("status")),
                fingerprint(node.path("fingerprint"), labels),
                startsAt(node.path("startsAt")),
                key,
                Severity.of(labels.get("severity")),
                summary(annotations, key),
                CleanText.map(labels, CleanText.LABEL),
                CleanText.map(annotations, CleanText.SUMMARY));
    }

    private static IncidentKey key(JsonNode node) {
        return new IncidentKey(
                node.path("alertName").asText(""),
                node.path("namespace").asText(""),
                node.path("workload").asText(""));
    }

    private static Alert.Status status(JsonNode node) throws WrongShape {
        return switch (node.asText("").toLowerCase(Locale.ROOT)) {
            case "firing" -> Alert.Status.FIRING;
            case "resolved" -> Alert.Status.RESOLVED;
            case "gone" -> Alert.Status.GONE;
            default -> throw new WrongShape("has neither the status \"firing\" nor \"resolved\"");
        };
    }

    /** Versions before 0.17 sent none: then the labels are what names the alert. */
    private static String fingerprint(JsonNode node, Map<String, String> labels) {
        String sent = CleanText.line(node.asText(""), 255);
        return sent.isEmpty()
                ? Sha256.hex(new TreeMap<>(labels).toString().getBytes(StandardCharsets.UTF_8))
                        .substring(0, 32)
                : sent;
    }

    static Instant startsAt(JsonNode node) throws WrongShape {
        try {
            OffsetDateTime at = OffsetDateTime.parse(node.asText(""));
            if (at.getYear() >= 1 && at.getYear() <= 9998) {
                return at.toInstant().truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException notATime) {
            // Said below, as for a time that no database can keep.
        }
        throw new WrongShape("has no startsAt that is a time (RFC 3339)");
    }

    private static String summary(Map<String, String> annotations, IncidentKey key) {
        for (String name : List.of("summary", "message", "description")) {
            String text = CleanText.line(annotations.getOrDefault(name, ""), CleanText.SUMMARY);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return CleanText.line(key.toString(), CleanText.SUMMARY);
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties().forEach(field -> {
            if (field.getValue().isValueNode()) {
                texts.put(field.getKey(), field.getValue().asText());
            }
        });
        return texts;
    }

    private static String where(JsonLocation at) {
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    /** One alert of a message that cannot be understood; the others are worked on. */
    static final class WrongShape extends Exception {
        WrongShape(String what) {
            super(what);
        }
    }
}
