package org.incidentorchestrator.step.verb.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Quantity;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.StepFailure;

/**
 * One container of a template, and its memory.
 *
 * @param list where it stands in the pod's spec: containers, or initContainers for a sidecar
 */
record MemoryOfContainer(WorkloadView workload, String list, KubernetesObject container) {

    /**
     * @param name may be empty where there is one container only
     * @throws StepFailure noSuchContainer: a patch would make a new container without an image; or initContainer
     */
    static MemoryOfContainer find(WorkloadView workload, String name) {
        List<KubernetesObject> containers = workload.template().items("/spec/containers");
        List<KubernetesObject> starting = workload.template().items("/spec/initContainers");
        if (name == null || name.isBlank()) {
            if (containers.size() == 1) {
                return new MemoryOfContainer(workload, "containers", containers.get(0));
            }
            throw StepFailure.badInput(
                    "%s has several containers, and none of them was named.".formatted(workload.target()),
                    "Name one of " + names(containers.stream()) + ".");
        }
        return named(name, containers)
                .map(found -> new MemoryOfContainer(workload, "containers", found))
                .or(() -> named(name, starting).map(found -> sidecar(workload, found)))
                .orElseThrow(() -> StepFailure.refused(
                        "noSuchContainer",
                        "%s has no container %s.".formatted(workload.target(), name),
                        "Name one of "
                                + names(Stream.concat(
                                        containers.stream(), starting.stream().filter(MemoryOfContainer::runs)))
                                + "."));
    }

    private static MemoryOfContainer sidecar(WorkloadView workload, KubernetesObject container) {
        if (!runs(container)) {
            throw StepFailure.refused(
                    "initContainer",
                    "Container %s of %s ends before the service begins: its limit is not what the service lacks."
                            .formatted(container.text("/name", ""), workload.target()),
                    "Name one of " + names(workload.template().items("/spec/containers").stream()) + ".");
        }
        return new MemoryOfContainer(workload, "initContainers", container);
    }

    /** An init container that is restarted always runs beside the others, and is called a sidecar. */
    private static boolean runs(KubernetesObject container) {
        return container.text("/restartPolicy", "").equals("Always");
    }

    private static Optional<KubernetesObject> named(String name, List<KubernetesObject> containers) {
        return containers.stream()
                .filter(container -> container.text("/name", "").equals(name))
                .findFirst();
    }

    private static String names(Stream<KubernetesObject> containers) {
        return containers.map(container -> container.text("/name", "")).collect(Collectors.joining(", "));
    }

    String name() {
        return container.text("/name", "");
    }

    Optional<String> limit() {
        return container.text("/resources/limits/memory");
    }

    Optional<String> request() {
        return container.text("/resources/requests/memory");
    }

    Optional<Quantity> limited() {
        return limit().flatMap(Quantity::parse);
    }

    /** The strategic merge patch of this one limit. */
    ObjectNode body(String limit) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec/template/spec")
                .putArray(list)
                .addObject()
                .put("name", name())
                .withObject("/resources/limits")
                .put("memory", limit);
        return body;
    }

    /** The template's pod as it would be. */
    KubernetesObject podWith(String limit) {
        ObjectNode pod = workload.template().at("/spec").toJson();
        pod.path(list).forEach(one -> {
            if (one.path("name").asText("").equals(name())) {
                ((ObjectNode) one).withObject("/resources/limits").put("memory", limit);
            }
        });
        return KubernetesObject.of(pod);
    }
}
