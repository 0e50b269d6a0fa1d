package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What an API server answered. Its errors are objects of kind Status (Kubernetes API conventions, "Response Status
 * Kind"); what is in between, a proxy or a load balancer, answers with something else.
 */
record ApiAnswer(int status, String mediaType, String retryAfter, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");
    private static final String QUOTED = "Invalid value: \"{";
    private static final int LONGEST_MESSAGE = 1_000;

    /** The Status that ends a stream, which leaves out that it is one. */
    static ApiAnswer ofStream(String json) {
        String status = json.startsWith("{") ? "{\"kind\":\"Status\"," + json.substring(1) : "";
        return new ApiAnswer(200, "application/json", "", status);
    }

    boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Missing where the body is not JSON. */
    JsonNode json() {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    boolean isStatus() {
        return json().path("kind").asText().equals("Status");
    }

    /** The object itself is not there, though its kind is served. */
    boolean absent() {
        return status == 404
                && isStatus()
                && !json().at("/details/name").asText().isEmpty();
    }

    /** The path is none of the API server's: the kind is not served. */
    boolean notServed() {
        return status == 404 && (isStatus() || body.strip().equals("404 page not found")) && !absent();
    }

    /** The API server's own sentence; empty where something else answered. */
    String message() {
        if (!isStatus()) {
            return "";
        }
        StringBuilder all = new StringBuilder(json().path("message").asText());
        for (JsonNode cause : json().at("/details/causes")) {
            String more = cause.path("message").asText();
            if (all.indexOf(more) < 0) {
                all.append("; ").append(more);
            }
        }
        String clean =
                withoutObjects(all.toString()).replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() > LONGEST_MESSAGE ? clean.substring(0, LONGEST_MESSAGE) + "…" : clean;
    }

    /** An object that is quoted whole says nothing, hides the reason behind it, and may hold what is nobody's business. */
    private static String withoutObjects(String message) {
        StringBuilder rest = new StringBuilder();
        int from = 0;
        for (int at = message.indexOf(QUOTED); at >= 0; at = message.indexOf(QUOTED, from)) {
            rest.append(message, from, at).append("Invalid value: (the object)");
            from = at + QUOTED.length();
            while (from < message.length() && message.charAt(from) != '"') {
                from += message.charAt(from) == '\\' ? 2 : 1;
            }
            from = Math.min(from + 1, message.length());
        }
        return rest.append(message.substring(from)).toString();
    }

    /** Whether a cause of the Status names this field or this reason. */
    boolean causedBy(String property, String value) {
        return isStatus()
                && StreamSupport.stream(json().at("/details/causes").spliterator(), false)
                        .anyMatch(cause -> cause.path(property).asText().equals(value));
    }

    /** From the header, else from the Status; seconds, as API servers send it. */
    Optional<Duration> waitTime() {
        String seconds = SECONDS.matcher(retryAfter).matches()
                ? retryAfter
                : isStatus() ? json().at("/details/retryAfterSeconds").asText() : "";
        return SECONDS.matcher(seconds).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }
}
