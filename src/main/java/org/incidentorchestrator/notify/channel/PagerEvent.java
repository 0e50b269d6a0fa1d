package org.incidentorchestrator.notify.channel;

import java.time.Instant;
import java.util.Locale;
import org.incidentorchestrator.incident.Severity;

/**
 * What a pager is told of, in the terms of its API.
 *
 * @param key what the pager knows it by, at most 255 characters: the same for trigger, acknowledge and resolve
 * @param source which installation says so
 * @param component the workload; may be empty
 * @param group the namespace; may be empty
 * @param type the alert's name; may be empty
 */
public record PagerEvent(
        Action action,
        String key,
        Severity severity,
        Instant since,
        String source,
        String component,
        String group,
        String type) {
    public enum Action {
        TRIGGER,
        ACKNOWLEDGE,
        RESOLVE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is not known pages like what is critical. */
    String severityWord() {
        return switch (severity) {
            case CRITICAL, UNKNOWN -> "critical";
            case WARNING -> "warning";
            case INFO -> "info";
        };
    }
}
