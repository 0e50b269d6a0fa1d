package org.incidentorchestrator.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Triage;

/** A message on its way through the worker: its alerts by key, and how far they have come. */
final class Letter {
    private final Inbox.Row row;
    private final Message message;
    private final Map<IncidentKey, Delivery> waiting;
    private final List<Triage> outcomes = new ArrayList<>();
    private RuntimeException failure;

    Letter(Inbox.Row row, Message message) {
        this.row = row;
        this.message = message;
        this.waiting = new LinkedHashMap<>();
        message.alerts().stream()
                .collect(Collectors.groupingBy(Alert::key, LinkedHashMap::new, Collectors.toList()))
                .forEach((key, alerts) -> waiting.put(key, new Delivery(this, key, alerts)));
    }

    /** Alerts that no row of the inbox holds: to be judged, never to be settled. */
    static Letter unsent(List<Alert> alerts, Instant at) {
        var row = new Inbox.Row(0, alerts.get(0).source(), at, 0, new byte[0]);
        return new Letter(row, new Message(alerts, List.of(), 0));
    }

    /** The alerts that one message has of one key: the smallest piece of work. */
    record Delivery(Letter letter, IncidentKey key, List<Alert> alerts) {
        boolean resolves() {
            return alerts.stream().anyMatch(alert -> alert.status().isOver());
        }

        static List<List<Delivery>> byKey(List<Delivery> deliveries) {
            Map<IncidentKey, List<Delivery>> byKey = deliveries.stream()
                    .collect(Collectors.groupingBy(Delivery::key, LinkedHashMap::new, Collectors.toList()));
            return List.copyOf(byKey.values());
        }
    }

    Inbox.Row row() {
        return row;
    }

    List<Delivery> deliveries() {
        return List.copyOf(waiting.values());
    }

    boolean isUnintelligible() {
        return message.alerts().isEmpty();
    }

    boolean isTruncated() {
        return message.truncated() > 0;
    }

    boolean hasFaults() {
        return !message.faults().isEmpty();
    }

    String faults() {
        return String.join("; ", message.faults());
    }

    /** Whether nothing of it is left once these keys are worked on. */
    boolean isCompletedBy(Collection<IncidentKey> keys) {
        return keys.containsAll(waiting.keySet());
    }

    /** What its row says once this is committed too. */
    Inbox.Settled settled(List<Triage> further) {
        List<String> parts = new ArrayList<>(message.faults());
        if (message.truncated() > 0) {
            parts.add("the sender left out " + message.truncated() + " alerts");
        }
        parts.addAll(counted(further));
        Inbox.State state = hasFaults() ? Inbox.State.PARKED : Inbox.State.DONE;
        return new Inbox.Settled(row.id(), state, String.join("; ", parts));
    }

    private List<String> counted(List<Triage> further) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        outcomes.forEach(outcome -> counts.merge(outcome.toString(), 1, Integer::sum));
        further.forEach(outcome -> counts.merge(outcome.toString(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(outcome ->
                        outcome.getValue() == 1 ? outcome.getKey() : outcome.getValue() + " × " + outcome.getKey())
                .toList();
    }

    void worked(IncidentKey key, List<Triage> further) {
        waiting.remove(key);
        outcomes.addAll(further);
    }

    void failed(RuntimeException why) {
        failure = why;
    }

    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }
}
