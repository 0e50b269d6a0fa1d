package org.incidentorchestrator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a pod's container really asks for and may take, against what its workload's template says. They differ where a
 * LimitRange fills in defaults, where a vertical autoscaler or a webhook sets its own, and while a rollout is under way.
 */
public record LiveResources(String pod, String container, Optional<KubernetesObject> template, KubernetesObject live) {

    /** One for each container of the pod, those that initialise first. */
    public static List<LiveResources> of(WorkloadView workload, KubernetesObject pod) {
        List<LiveResources> all = new ArrayList<>();
        for (String list : List.of("/spec/initContainers", "/spec/containers")) {
            List<KubernetesObject> written = workload.template().items(list);
            pod.items(list)
                    .forEach(container -> all.add(new LiveResources(
                            pod.name(),
                            container.text("/name", ""),
                            written.stream()
                                    .filter(each -> each.text("/name", "").equals(container.text("/name", "")))
                                    .findFirst(),
                            container)));
        }
        return all;
    }

    /** {@code app: limit of memory is 512Mi, the template says 1Gi}; empty where both say the same. */
    public List<String> differences() {
        if (template.isEmpty()) {
            return List.of(container + ": is not in the template, something adds it to the pods");
        }
        List<String> differences = new ArrayList<>();
        for (String what : List.of("request", "limit")) {
            Amounts is = amounts(live, what);
            Amounts written = amounts(template.get(), what);
            for (String resource : new TreeSet<>(is.with(written).byName().keySet())) {
                if (is.amount(resource).compareTo(written.amount(resource)) != 0) {
                    differences.add("%s: %s of %s is %s, the template says %s"
                            .formatted(
                                    container,
                                    what,
                                    resource,
                                    text(live, what, resource),
                                    text(template.get(), what, resource)));
                }
            }
        }
        return differences;
    }

    private static Amounts amounts(KubernetesObject container, String what) {
        return what.equals("limit") ? Amounts.of(container, "/resources/limits") : PodRequests.said(container);
    }

    /** As it was written; a request that is not is the limit. */
    private static String text(KubernetesObject container, String what, String resource) {
        String otherwise = what.equals("limit")
                ? "nothing"
                : container.map("/resources/limits").getOrDefault(resource, "nothing");
        return container.map("/resources/" + what + "s").getOrDefault(resource, otherwise);
    }

    public static Table table(List<LiveResources> all) {
        Table table = Table.of("POD", "CONTAINER", "REQUESTS", "LIMITS", "TEMPLATE REQUESTS", "TEMPLATE LIMITS");
        all.forEach(each -> table.row(
                each.pod,
                each.container,
                line(Optional.of(each.live), "requests"),
                line(Optional.of(each.live), "limits"),
                line(each.template, "requests"),
                line(each.template, "limits")));
        return table;
    }

    private static String line(Optional<KubernetesObject> container, String what) {
        return container
                .map(of -> of.map("/resources/" + what)
                        .toString()
                        .replaceAll("[{}]", "")
                        .replace(", ", " "))
                .orElse("");
    }
}
