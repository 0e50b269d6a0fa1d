package org.incidentorchestrator.cluster;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An event, with the one time that it is sorted by. Events written through {@code events.k8s.io} have no
 * {@code lastTimestamp}, so that {@code --sort-by=.lastTimestamp} puts them anywhere.
 *
 * @param object {@code Pod/mcp-gateway-7d9f-x2x1z}
 * @param objectUid empty where the event does not say
 * @param count how often it was seen, at least once
 */
public record EventView(
        Instant at, String type, String reason, String object, String objectUid, String message, int count) {
    private static final List<String> TIMES = List.of(
            "/series/lastObservedTime",
            "/lastTimestamp",
            "/eventTime",
            "/firstTimestamp",
            "/metadata/creationTimestamp");

    public static EventView of(KubernetesObject event) {
        return new EventView(
                TIMES.stream()
                        .flatMap(time -> event.time(time).stream())
                        .findFirst()
                        .orElse(Instant.EPOCH),
                event.text("/type", ""),
                event.text("/reason", ""),
                event.text("/involvedObject/kind", "") + "/" + event.text("/involvedObject/name", ""),
                event.text("/involvedObject/uid", ""),
                event.text("/message", event.text("/note", "")),
                Stream.of("/series/count", "/count")
                        .flatMap(count -> event.number(count).stream())
                        .findFirst()
                        .orElse(1));
    }

    /** Oldest first. */
    public static List<EventView> sorted(List<KubernetesObject> events) {
        return events.stream()
                .map(EventView::of)
                .sorted(Comparator.comparing(EventView::at).thenComparing(EventView::object))
                .toList();
    }

    public boolean warning() {
        return type.equals("Warning");
    }

    /** {@code BackOff of Pod/x: Back-off restarting failed container}. */
    public String line() {
        return reason + " of " + object + ": " + message.strip();
    }

    /** What {@code kubectl get events} would print of these, with times instead of ages. */
    public static Table table(List<EventView> events) {
        Table table = Table.of("LAST SEEN", "TYPE", "REASON", "OBJECT", "COUNT", "MESSAGE");
        events.forEach(
                event -> table.row(event.at, event.type, event.reason, event.object, event.count, event.message));
        return table;
    }
}
