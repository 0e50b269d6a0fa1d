package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.ServiceView;

/** Keeps one endpoint slice for each service: where its pods are, and whether they are ready. */
final class ServiceController {
    private ServiceController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode service : world.all("Service")) {
            ObjectNode slice = sliceOf(world, service, at);
            List<ObjectNode> pods = pods(world, service);
            ArrayNode endpoints = endpoints(service, pods);
            ArrayNode ports = ports(service, pods);
            if (!slice.path("endpoints").equals(endpoints)
                    || !slice.path("ports").equals(ports)) {
                slice.set("endpoints", endpoints);
                slice.set("ports", ports);
                world.store(slice);
            }
        }
    }

    private static ObjectNode sliceOf(World world, ObjectNode service, Instant at) {
        return Pods.ownedBy(world, service, "EndpointSlice").stream()
                .findFirst()
                .orElseGet(() -> create(world, service, at));
    }

    private static ObjectNode create(World world, ObjectNode service, Instant at) {
        ObjectNode slice = Json.object()
                .put("apiVersion", "discovery.k8s.io/v1")
                .put("kind", "EndpointSlice")
                .put("addressType", "IPv4");
        ObjectNode metadata = slice.putObject("metadata");
        metadata.put("name", Pods.name(service) + "-" + world.newSuffix()).put("namespace", Pods.namespace(service));
        metadata.putObject("labels")
                .put("kubernetes.io/service-name", Pods.name(service))
                .put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        metadata.set("ownerReferences", Json.array().add(ReplicaSetController.owner(service)));
        slice.putArray("endpoints");
        slice.putArray("ports");
        return new ApiServer(world, Status.CONTROLLER_MANAGER, at).create(slice);
    }

    /** Also those that are being deleted: they may still answer. */
    private static List<ObjectNode> pods(World world, ObjectNode service) {
        JsonNode selector = service.at("/spec/selector");
        if (selector.isEmpty()) {
            return List.of();
        }
        LabelSelector labels = LabelSelector.of(KubernetesObject.of(selector));
        return world.all("Pod", Pods.namespace(service)).stream()
                .filter(pod -> pod.at("/status").has("podIP"))
                .filter(pod -> labels.matches(Pods.labels(pod)))
                .toList();
    }

    /** A name that no pod declares leads nowhere: that port is left out. */
    private static ArrayNode ports(ObjectNode service, List<ObjectNode> pods) {
        ArrayNode ports = Json.array();
        for (ServiceView.Port port : new ServiceView(KubernetesObject.of(service)).ports()) {
            number(port, pods).ifPresent(number -> ports.addObject()
                    .put("name", port.name())
                    .put("protocol", port.protocol())
                    .put("port", number));
        }
        return ports;
    }

    private static Optional<Integer> number(ServiceView.Port port, List<ObjectNode> pods) {
        return port.named()
                ? pods.stream()
                        .flatMap(pod -> ServiceView.targetPort(port, KubernetesObject.of(pod)).stream())
                        .findFirst()
                : Optional.of(Integer.parseInt(port.target()));
    }

    private static ArrayNode endpoints(ObjectNode service, List<ObjectNode> pods) {
        ArrayNode endpoints = Json.array();
        boolean always = service.at("/spec/publishNotReadyAddresses").asBoolean();
        for (ObjectNode pod : pods) {
            boolean serving =
                    Pods.condition(pod, "Ready").path("status").asText().equals("True");
            ObjectNode endpoint = endpoints.addObject();
            endpoint.putArray("addresses").add(pod.at("/status/podIP").asText());
            endpoint.putObject("conditions")
                    .put("ready", always || Pods.ready(pod))
                    .put("serving", serving)
                    .put("terminating", !Pods.staying(pod));
            endpoint.put("nodeName", pod.at("/spec/nodeName").asText());
            endpoint.putObject("targetRef")
                    .put("kind", "Pod")
                    .put("name", Pods.name(pod))
                    .put("namespace", Pods.namespace(pod))
                    .put("uid", Pods.uid(pod));
        }
        return endpoints;
    }
}
