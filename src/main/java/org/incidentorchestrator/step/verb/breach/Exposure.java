package org.incidentorchestrator.step.verb.breach;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Table;

/** What the containers may do to their node, and the names of their environment variables: never the values. */
record Exposure(List<Row> rows) {
    private static final List<String> SHARED = List.of("hostNetwork", "hostPID", "hostIPC");

    record Row(String pod, String container, List<String> reaches, List<String> variables) {}

    static Exposure of(List<PodView> pods) {
        return new Exposure(pods.stream()
                .flatMap(pod -> Stream.of("/spec/initContainers", "/spec/containers", "/spec/ephemeralContainers")
                        .flatMap(list -> pod.pod().items(list).stream())
                        .map(container -> row(pod, container)))
                .toList());
    }

    boolean any() {
        return rows.stream().anyMatch(row -> !row.reaches.isEmpty());
    }

    Table table() {
        Table table = Table.of("POD", "CONTAINER", "REACHES INTO THE NODE BY", "ENVIRONMENT (NAMES)");
        rows.forEach(row ->
                table.row(row.pod, row.container, String.join(", ", row.reaches), String.join(" ", row.variables)));
        return table;
    }

    private static Row row(PodView pod, KubernetesObject container) {
        KubernetesObject spec = pod.pod().at("/spec");
        List<String> reaches = new ArrayList<>();
        SHARED.stream().filter(shared -> spec.flag("/" + shared)).forEach(reaches::add);
        if (container.flag("/securityContext/privileged")) {
            reaches.add("privileged");
        }
        container.items("/securityContext/capabilities/add").stream()
                .map(capability -> "capability " + capability.text("", ""))
                .forEach(reaches::add);
        container.items("/volumeMounts").stream()
                .flatMap(mount -> folderOfNode(spec, mount.text("/name", "")))
                .forEach(reaches::add);
        List<String> variables = container.items("/env").stream()
                .map(variable -> variable.text("/name", ""))
                .collect(Collectors.toList());
        return new Row(pod.name(), container.text("/name", ""), reaches, variables);
    }

    private static Stream<String> folderOfNode(KubernetesObject spec, String volume) {
        return spec.items("/volumes").stream()
                .filter(each -> each.text("/name", "").equals(volume))
                .flatMap(each -> each.text("/hostPath/path").stream())
                .map(path -> "hostPath " + path);
    }
}
