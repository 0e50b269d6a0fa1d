package org.incidentorchestrator.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Who asked the API server for what, and what it answered (audit.k8s.io/v1): metadata only. Bodies are never kept, nor
 * what stands behind the question mark of a URL: passwords are handed in there.
 *
 * @param id of the request; each of its stages has an event
 * @param at when this stage was reached; events are written in this order, more or less
 * @param user who it was done as; {@code other (by user)} where one acts as another
 * @param object {@code deployments/gateway} or {@code pods/gateway-x/exec}
 * @param namespace empty for what belongs to none
 * @param status of the answer; 0 while there is none
 * @param from addresses
 */
public record AuditEvent(
        String id,
        Instant at,
        String user,
        String verb,
        String object,
        String namespace,
        int status,
        String from,
        String agent) {

    /** Empty when it is no event: a line that is being written, or is longer than any. */
    static Optional<AuditEvent> of(JsonNode event) {
        try {
            return Optional.of(new AuditEvent(
                    event.path("auditID").asText(),
                    Instant.parse(event.path("stageTimestamp").asText()),
                    user(event),
                    event.path("verb").asText(),
                    object(event),
                    event.at("/objectRef/namespace").asText(),
                    event.at("/responseStatus/code").asInt(),
                    from(event),
                    event.path("userAgent").asText()));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /** Refused to who asked: not logged in, or without the right. */
    public boolean denied() {
        return status == 401 || status == 403;
    }

    private static String user(JsonNode event) {
        String user = event.at("/user/username").asText();
        JsonNode other = event.at("/impersonatedUser/username");
        return other.isMissingNode() ? user : other.asText() + " (by " + user + ")";
    }

    private static String object(JsonNode event) {
        JsonNode object = event.path("objectRef");
        if (object.isMissingNode()) {
            return event.path("requestURI").asText().replaceAll("\\?.*", "");
        }
        StringBuilder text = new StringBuilder(object.path("resource").asText());
        for (String part : new String[] {"name", "subresource"}) {
            String value = object.path(part).asText();
            text.append(value.isEmpty() ? "" : "/" + value);
        }
        return text.toString();
    }

    private static String from(JsonNode event) {
        StringBuilder from = new StringBuilder();
        event.path("sourceIPs")
                .forEach(ip -> from.append(from.isEmpty() ? "" : ",").append(ip.asText()));
        return from.toString();
    }
}
