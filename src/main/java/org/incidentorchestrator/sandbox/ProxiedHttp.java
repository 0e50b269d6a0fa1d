package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServiceView;

/** How the API server passes an HTTP request on: to a pod, or to a ready endpoint of a service. */
final class ProxiedHttp {
    private ProxiedHttp() {}

    /** @throws ClusterFailure NOT_FOUND; UNREACHABLE when a network policy keeps the API server out */
    static HttpAnswer answer(World world, HttpQuery query) {
        return query.type().equals(ResourceType.SERVICES)
                ? ofService(world, query)
                : ofPod(world, Pods.named(world, query.namespace(), query.name()), query);
    }

    private static HttpAnswer ofPod(World world, ObjectNode pod, HttpQuery query) {
        if (!new PodNetwork(world).letsApiServer(pod, query.port())) {
            throw new ClusterFailure(
                    ClusterFailure.Kind.UNREACHABLE,
                    "Could not ask Pod " + Pods.name(pod) + " for " + query.path() + ": no answer in time. See whether"
                            + " a network policy keeps the API server from it.");
        }
        return PodHttp.answer(world, pod, query);
    }

    private static HttpAnswer ofService(World world, HttpQuery query) {
        ObjectNode service = world.find(new Key("Service", query.namespace(), query.name()))
                .orElseThrow(() -> new ClusterFailure(
                        ClusterFailure.Kind.NOT_FOUND,
                        "Service " + query.namespace() + "/" + query.name()
                                + " is not there (404). List the namespace's services again."));
        Optional<ServiceView.Port> port = new ServiceView(KubernetesObject.of(service))
                .ports().stream().filter(each -> each.number() == query.port()).findFirst();
        if (port.isEmpty()) {
            return new HttpAnswer.Unanswered(
                    "no service port " + query.port() + " found for service \"" + query.name() + "\"");
        }
        return readyPods(world, service).stream()
                .flatMap(pod -> ServiceView.targetPort(port.get(), KubernetesObject.of(pod)).stream()
                        .map(number -> ofPod(world, pod, toPod(pod, query, number))))
                .findFirst()
                .orElseGet(
                        () -> new HttpAnswer.Unanswered("no endpoints available for service \"" + query.name() + "\""));
    }

    private static HttpQuery toPod(JsonNode pod, HttpQuery query, int port) {
        return HttpQuery.ofPod(query.namespace(), Pods.name(pod), query.scheme(), port, query.path());
    }

    static List<ObjectNode> readyPods(World world, JsonNode service) {
        return Pods.selectedBy(world, Pods.namespace(service), service.at("/spec/selector")).stream()
                .filter(Pods::ready)
                .toList();
    }
}
