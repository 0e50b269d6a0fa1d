package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts the sandbox's alerts the way that Alertmanager does: a webhook of version 4, with the credential that a real one
 * would need. Whoever takes it in cannot tell the difference.
 */
final class AlertmanagerPost {
    static final String ALERT = "ServiceDown";

    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerPost.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final Receiver receiver;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    AlertmanagerPost(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Where to post, and what proves who posts; both are known once the program runs. */
    interface Receiver {
        URI address();

        /** @throws IOException when it cannot be read */
        String token() throws IOException;
    }

    enum Outcome {
        TAKEN_IN,
        /** To be sent again, as Alertmanager would. */
        FAILED
    }

    Outcome firing(FiringAlert alert) {
        return post(message(alert, "firing", NEVER), alert);
    }

    Outcome resolved(FiringAlert alert, Instant end) {
        return post(message(alert, "resolved", end.toString()), alert);
    }

    private Outcome post(ObjectNode message, FiringAlert alert) {
        URI address = receiver.address();
        String failure;
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + receiver.token())
                    .POST(BodyPublishers.ofString(message.toString()))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 == 2) {
                return Outcome.TAKEN_IN;
            }
            failure = "it was answered with " + response.statusCode();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Outcome.FAILED;
        } catch (IOException broken) {
            failure = broken.toString();
        }
        LOG.warn(
                "The sandbox's alert about {} could not be posted to {}: {}. It is posted again; switch it off with"
                        + " sandbox.first-alert=false",
                alert.workload(),
                address,
                failure);
        return Outcome.FAILED;
    }

    private static ObjectNode message(FiringAlert alert, String status, String end) {
        ObjectNode message = Json.object()
                .put("version", "4")
                .put("groupKey", "{}:{alertname=\"" + ALERT + "\"}")
                .put("truncatedAlerts", 0)
                .put("status", status)
                .put("receiver", "incident-orchestrator")
                .put("externalURL", "http://sandbox.invalid");
        ObjectNode labels = Json.object()
                .put("alertname", ALERT)
                .put("namespace", alert.namespace())
                .put("deployment", alert.workload())
                .put("severity", "critical");
        ObjectNode annotations = Json.object()
                .put("summary", alert.workload() + " is down: none of its pods is ready")
                .put(
                        "description",
                        "Deployment " + alert.namespace() + "/" + alert.workload() + " has had no ready pod since "
                                + alert.since() + ".");
        message.putObject("groupLabels").put("alertname", ALERT);
        message.set("commonLabels", labels);
        message.set("commonAnnotations", annotations);
        ObjectNode one = message.putArray("alerts").addObject();
        one.put("status", status).set("labels", labels.deepCopy());
        one.set("annotations", annotations.deepCopy());
        one.put("startsAt", alert.since().toString())
                .put("endsAt", end)
                .put("generatorURL", "http://sandbox.invalid/graph")
                .put("fingerprint", alert.fingerprint());
        return message;
    }
}
