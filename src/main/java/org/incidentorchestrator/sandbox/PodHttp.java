package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;

/** What a pod answers to an HTTP request that the API server passes on. */
final class PodHttp {
    private PodHttp() {}

    static HttpAnswer answer(JsonNode pod, HttpQuery query) {
        if (!listens(pod, query)) {
            String address = pod.at("/status/podIP").asText(Pods.name(pod)) + ":" + query.port();
            return new HttpAnswer(
                    503, "error trying to reach service: dial tcp " + address + ": connect: connection refused");
        }
        if (!query.path().equals("/health")) {
            return new HttpAnswer(404, "{\"error\":\"no such path\"}");
        }
        return Pods.ready(pod)
                ? new HttpAnswer(200, "{\"status\":\"UP\"}")
                : new HttpAnswer(503, "{\"status\":\"DOWN\",\"reason\":\"session store does not answer\"}");
    }

    private static boolean listens(JsonNode pod, HttpQuery query) {
        boolean running = pod.at("/status/containerStatuses/0/state").has("running");
        for (JsonNode container : pod.at("/spec/containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("containerPort").asInt() == query.port()) {
                    return running && query.scheme().equals("http");
                }
            }
        }
        return false;
    }
}
