package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;

/** What a pod answers to an HTTP request that the API server passes on. */
final class PodHttp {
    private static final Duration QUICK = Duration.ofMillis(4);
    /** While it waits for what it calls, such as a connection to the database. */
    private static final Duration LATE = Duration.ofMillis(2_600);

    private PodHttp() {}

    static HttpAnswer answer(World world, ObjectNode pod, HttpQuery query) {
        if (!listens(pod, query.port())) {
            String address = pod.at("/status/podIP").asText(Pods.name(pod)) + ":" + query.port();
            return unreached("dial tcp " + address + ": connect: connection refused");
        }
        if (!query.scheme().equals("http")) {
            return unreached("tls: first record does not look like a TLS handshake");
        }
        Duration took = Scenarios.waitsForOthers(world, pod) ? LATE : QUICK;
        if (!query.path().equals("/health")) {
            return new HttpAnswer.Answered(404, "{\"error\":\"no such path\"}", took);
        }
        return Pods.ready(pod)
                ? new HttpAnswer.Answered(200, "{\"status\":\"UP\"}", took)
                : new HttpAnswer.Answered(
                        503, "{\"status\":\"DOWN\",\"reason\":\"session store does not answer\"}", took);
    }

    private static HttpAnswer unreached(String why) {
        return new HttpAnswer.Unanswered("error trying to reach service: " + why);
    }

    private static boolean listens(JsonNode pod, int number) {
        boolean running = pod.at("/status/containerStatuses/0/state").has("running");
        for (JsonNode container : pod.at("/spec/containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("containerPort").asInt() == number) {
                    return running;
                }
            }
        }
        return false;
    }
}
