package org.incidentorchestrator.step.verb.pod;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Age;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Table;

/** A pod in words, with its events: what of {@code kubectl describe pod} helps to find out why it is not ready. */
record PodDescription(PodView pod, List<EventView> events, Instant now) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "Name", pod.name());
        line(text, "Node", pod.node());
        line(text, "Status", pod.status());
        line(text, "Ready", pod.readyContainers() + "/" + pod.containers());
        line(text, "Age", Age.of(pod.created(), now));
        line(text, "Message", pod.pod().text("/status/message", ""));
        text.append("Conditions:\n").append(conditions().toString().indent(2));
        text.append("Containers:\n").append(containers().toString().indent(2));
        text.append("Events:\n");
        List<EventView> own = events.stream()
                .filter(event -> event.objectUid().equals(pod.pod().uid()))
                .toList();
        return text.append(EventView.table(own).toString().indent(2)).toString();
    }

    private Table conditions() {
        Table table = Table.of("TYPE", "STATUS", "REASON", "MESSAGE");
        pod.pod()
                .items("/status/conditions")
                .forEach(condition -> table.row(
                        condition.text("/type", ""),
                        condition.text("/status", ""),
                        condition.text("/reason", ""),
                        condition.text("/message", "")));
        return table;
    }

    private Table containers() {
        Table table = Table.of("NAME", "IMAGE", "RESTARTS", "STATE", "LAST STATE", "LIMITS");
        Stream.of("/spec/initContainers", "/spec/containers")
                .flatMap(list -> pod.pod().items(list).stream())
                .forEach(container -> row(table, container));
        return table;
    }

    private void row(Table table, KubernetesObject container) {
        String name = container.text("/name", "");
        KubernetesObject status = pod.containerStatus(name).orElse(container.at("/nothing"));
        String limits = container.map("/resources/limits").entrySet().stream()
                .map(limit -> limit.getKey() + "=" + limit.getValue())
                .collect(Collectors.joining(" "));
        table.row(
                name,
                container.text("/image", ""),
                status.number("/restartCount", 0),
                state(status.at("/state")),
                state(status.at("/lastState")),
                limits);
    }

    private static String state(KubernetesObject state) {
        if (state.at("/running").exists()) {
            return "Running since " + state.text("/running/startedAt", "an unknown time");
        }
        if (state.at("/waiting").exists()) {
            return "Waiting: " + state.text("/waiting/reason", "") + " " + state.text("/waiting/message", "");
        }
        return state.at("/terminated").exists()
                ? "Terminated: %s, exit code %d, at %s %s"
                        .formatted(
                                state.text("/terminated/reason", ""),
                                state.number("/terminated/exitCode", 0),
                                state.text("/terminated/finishedAt", "an unknown time"),
                                state.text("/terminated/message", ""))
                : "";
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(name).append(": ").append(value).append('\n');
        }
    }
}
