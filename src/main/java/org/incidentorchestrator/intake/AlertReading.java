package org.incidentorchestrator.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.incidentorchestrator.incident.Alert;
import org.springframework.stereotype.Component;

/**
 * Reads what a paging system would send, by the parser of its source; or one alert in its simplest form, which becomes
 * what Alertmanager would send of it.
 */
@Component
public class AlertReading {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> FIELDS = Set.of("alertName", "namespace", "workload", "severity");
    private static final Set<String> SEVERITIES = Set.of("", "critical", "warning", "info", "none");
    private static final int LONGEST = 255;

    private final List<AlertSource> sources;
    private final Clock clock;

    AlertReading(List<AlertSource> sources, Clock clock) {
        this.sources = List.copyOf(sources);
        this.clock = clock;
    }

    /**
     * What was understood.
     *
     * @param source whose parser understood it
     * @param alerts empty when nothing was
     * @param faults what was not understood, and what to write instead; each a sentence
     */
    public record Read(String source, List<Alert> alerts, List<String> faults) {}

    public Read read(byte[] body) {
        Optional<JsonNode> simple = simple(body);
        return simple.isPresent() ? readSimple(simple.get()) : readMessage(body);
    }

    /** The first parser that understands anything of it; else what each has against it. */
    private Read readMessage(byte[] body) {
        List<String> faults = new ArrayList<>();
        for (AlertSource source : sources) {
            Message message = source.read(body);
            if (!message.alerts().isEmpty()) {
                return new Read(source.name(), message.alerts(), message.faults());
            }
            message.faults().forEach(fault -> faults.add(source.name() + ": " + fault));
        }
        faults.add("Send the body of a paging system's webhook, or {\"alertName\": …} with namespace, workload and"
                + " severity");
        return new Read("", List.of(), faults);
    }

    private static Optional<JsonNode> simple(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body)).filter(root -> root.has("alertName") && !root.has("alerts"));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    private Read readSimple(JsonNode root) {
        List<String> faults = faults(root);
        return faults.isEmpty()
                ? readMessage(message(root).toString().getBytes(StandardCharsets.UTF_8))
                : new Read("", List.of(), faults);
    }

    private static List<String> faults(JsonNode root) {
        List<String> faults = new ArrayList<>();
        Set<String> foreign = new TreeSet<>();
        root.fieldNames().forEachRemaining(foreign::add);
        foreign.removeAll(FIELDS);
        if (!foreign.isEmpty()) {
            faults.add("There is no field %s; there are %s"
                    .formatted(String.join(", ", foreign), String.join(", ", new TreeSet<>(FIELDS))));
        }
        FIELDS.stream()
                .sorted()
                .filter(field -> !fits(root.path(field)))
                .forEach(field -> faults.add("%s has to be a text of at most %d characters".formatted(field, LONGEST)));
        if (text(root, "alertName").isBlank()) {
            faults.add("alertName is empty; it has to be the name of an alert's rule, as ServiceDown");
        }
        if (!SEVERITIES.contains(text(root, "severity"))) {
            faults.add("severity is '%s'; it has to be critical, warning, info or none, or left out"
                    .formatted(CleanText.line(text(root, "severity"), 80)));
        }
        return faults;
    }

    private static boolean fits(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.textValue().length() <= LONGEST;
    }

    private static String text(JsonNode root, String field) {
        return root.path(field).isTextual() ? root.path(field).textValue() : "";
    }

    /** It begins to fire now, and no alert before it had its fingerprint. */
    private ObjectNode message(JsonNode root) {
        ObjectNode message = JSON.createObjectNode();
        ObjectNode alert = message.putArray("alerts").addObject();
        alert.put("status", "firing").put("startsAt", clock.instant().toString());
        alert.put("fingerprint", "simulated-" + clock.instant().toEpochMilli());
        ObjectNode labels = alert.putObject("labels");
        labels.put("alertname", text(root, "alertName"));
        put(labels, "namespace", text(root, "namespace"));
        put(labels, "deployment", text(root, "workload"));
        put(labels, "severity", text(root, "severity"));
        return message;
    }

    private static void put(ObjectNode labels, String name, String value) {
        if (!value.isEmpty()) {
            labels.put(name, value);
        }
    }
}
