package org.incidentorchestrator.cluster;

import java.time.Duration;
import java.util.Optional;

/** The cluster did not do or did not say what was asked. The message says what, where, why, and what to do. */
public final class ClusterFailure extends RuntimeException {
    private final transient Kind kind;
    private final transient Optional<Duration> retryAfter;

    public ClusterFailure(Kind kind, String message) {
        this(kind, message, Optional.empty(), null);
    }

    public ClusterFailure(Kind kind, String message, Optional<Duration> retryAfter, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    public enum Kind {
        /** 404 of the object. */
        NOT_FOUND,
        /** The API server does not serve this kind. */
        NOT_INSTALLED,
        /** 409: the resource version has moved. */
        CONFLICT,
        /** 409 of an apply: other field managers own fields that it would set to something else; nothing is forced. */
        OWNED,
        /** The uid is another object's: it was deleted and made anew. */
        REPLACED,
        /** 429 of an eviction: a disruption budget forbids it. */
        BUDGET,
        /** 422 and 400: the API server will never take this. */
        INVALID,
        /** 401 and 403: the rights are missing. */
        FORBIDDEN,
        /** 429 and 503 with a time to wait. */
        THROTTLED,
        /** 5xx, a broken connection, no answer in time: for a change, it may or may not have been made. */
        UNREACHABLE,
        /** The circuit is open after calls that went unanswered: this one was not sent. It says when to come again. */
        NOT_SENT
    }
}
