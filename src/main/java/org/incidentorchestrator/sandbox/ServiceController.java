package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Keeps one endpoint slice for each service: where its pods are, and whether they are ready. */
final class ServiceController {
    private ServiceController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode service : world.all("Service")) {
            ObjectNode slice = sliceOf(world, service, at);
            ArrayNode endpoints = endpoints(world, service);
            if (!slice.path("endpoints").equals(endpoints)) {
                slice.set("endpoints", endpoints);
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
        ArrayNode ports = slice.putArray("ports");
        service.at("/spec/ports").forEach(port -> ports.addObject()
                .put("name", port.path("name").asText(""))
                .put("protocol", "TCP")
                .put("port", port.path("targetPort").asInt(port.path("port").asInt())));
        return new ApiServer(world, Status.CONTROLLER_MANAGER, at).create(slice);
    }

    private static ArrayNode endpoints(World world, ObjectNode service) {
        ArrayNode endpoints = Json.array();
        for (ObjectNode pod : Pods.selectedBy(world, Pods.namespace(service), service.at("/spec/selector"))) {
            if (pod.at("/status").has("podIP")) {
                ObjectNode endpoint = endpoints.addObject();
                endpoint.putArray("addresses").add(pod.at("/status/podIP").asText());
                endpoint.putObject("conditions")
                        .put("ready", Pods.ready(pod))
                        .put("serving", Pods.ready(pod))
                        .put("terminating", false);
                endpoint.put("nodeName", pod.at("/spec/nodeName").asText());
                endpoint.putObject("targetRef")
                        .put("kind", "Pod")
                        .put("name", Pods.name(pod))
                        .put("namespace", Pods.namespace(pod))
                        .put("uid", Pods.uid(pod));
            }
        }
        return endpoints;
    }
}
