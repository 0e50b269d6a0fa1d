package org.incidentorchestrator.cluster;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;

/**
 * What an answer that is no success means, and what to do about it. The API server's own sentence is kept; what something
 * else in between says is not, because error pages of proxies show request headers.
 */
final class ApiFailures {
    /** Served by other programs than the API server: their silence is theirs (503), and the same as not installed. */
    private static final Set<String> AGGREGATED =
            Set.of("metrics.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io");

    private ApiFailures() {}

    static ClusterFailure of(ApiRequest request, ApiServer server, ApiAnswer answer) {
        Kind kind = kind(request, answer);
        String why =
                answer.message().isEmpty() ? strange(answer) : "the API server says: " + sentence(answer.message());
        return new ClusterFailure(
                kind,
                "Could not " + request.what() + " in " + server.where() + ": " + why + " (" + answer.status() + "). "
                        + remedy(kind, request, answer),
                answer.waitTime(),
                null);
    }

    static ClusterFailure unanswered(ApiRequest request, ApiServer server, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return new ClusterFailure(
                Kind.UNREACHABLE,
                "Could not " + request.what() + " in " + server.where() + ": " + reason(cause) + ". "
                        + remedy(Kind.UNREACHABLE, request, null),
                Optional.empty(),
                cause);
    }

    private static Kind kind(ApiRequest request, ApiAnswer answer) {
        return switch (answer.status()) {
            case 400, 405, 406, 413, 415, 422 ->
                answer.causedBy("field", "metadata.uid") ? Kind.REPLACED : Kind.INVALID;
            case 401, 403 -> Kind.FORBIDDEN;
            case 404 -> answer.absent() ? Kind.NOT_FOUND : answer.notServed() ? Kind.NOT_INSTALLED : Kind.UNREACHABLE;
            case 409 -> conflict(answer);
            case 429 -> answer.causedBy("reason", "DisruptionBudget") ? Kind.BUDGET : Kind.THROTTLED;
            case 500 -> refusedAs500(answer);
            case 503 -> unavailable(request, answer);
            default -> Kind.UNREACHABLE;
        };
    }

    private static Kind conflict(ApiAnswer answer) {
        if (answer.causedBy("reason", "FieldManagerConflict")) {
            return Kind.OWNED;
        }
        return answer.message().contains("UID in precondition") ? Kind.REPLACED : Kind.CONFLICT;
    }

    /** Two refusals that an API server gives the status of a breakdown: they come again however often it is asked. */
    private static Kind refusedAs500(ApiAnswer answer) {
        if (answer.message().contains("more than one PodDisruptionBudget")) {
            return Kind.BUDGET;
        }
        return answer.message().contains("failed to create typed patch object") ? Kind.INVALID : Kind.UNREACHABLE;
    }

    private static Kind unavailable(ApiRequest request, ApiAnswer answer) {
        boolean aggregated =
                AGGREGATED.stream().anyMatch(group -> request.path().startsWith("/apis/" + group + "/"));
        return aggregated ? Kind.NOT_INSTALLED : answer.waitTime().isPresent() ? Kind.THROTTLED : Kind.UNREACHABLE;
    }

    private static String strange(ApiAnswer answer) {
        String type = answer.mediaType().isEmpty()
                ? "nothing"
                : "'" + answer.mediaType().replaceAll("[^ -~]", "?") + "'";
        return "the answer is " + type + " instead of the JSON of a Kubernetes API";
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String reason(Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "no answer in time";
        } else if (cause instanceof InterruptedException) {
            return "the wait for the answer was interrupted, as when the program stops";
        } else if (cause instanceof UnknownHostException || cause.getCause() instanceof UnresolvedAddressException) {
            return "the host's name cannot be resolved";
        } else if (cause instanceof SSLException) {
            return "TLS failed, " + cause.getMessage();
        } else if (cause instanceof ConnectException) {
            return "nothing accepts connections there";
        }
        return "the exchange broke, " + cause.getClass().getSimpleName() + " " + cause.getMessage();
    }

    private static String remedy(Kind kind, ApiRequest request, ApiAnswer answer) {
        return switch (kind) {
            case NOT_FOUND -> "It was deleted or never was there; look for what took its place.";
            case NOT_INSTALLED -> "Install what serves it, or do without: it is looked for again each time.";
            case CONFLICT -> "Somebody else changed it meanwhile; read it again and decide anew.";
            case OWNED -> "Agree with who owns these fields, or leave them out; nothing is taken over by force.";
            case REPLACED -> "It was deleted and made anew under the same name; decide anew on the new one.";
            case BUDGET -> "Wait until more of its pods are ready, or change the disruption budget.";
            case INVALID -> "It will never be accepted like this; correct the request.";
            case FORBIDDEN ->
                answer != null && answer.status() == 401
                        ? "The credentials are not accepted; renew them, and see that the context is the right one."
                        : "Grant this right to the context's identity, or change the policy that refuses it.";
            case THROTTLED, NOT_SENT -> "Send it again after the time it asks for.";
            case UNREACHABLE ->
                "Check that the API server runs and can be reached from here."
                        + (request.changes()
                                ? " The change may or may not have been made: read the object before it is sent again."
                                : "");
        };
    }
}
