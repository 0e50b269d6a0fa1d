package org.incidentorchestrator.incident;

import java.time.Instant;
import java.util.Map;

/**
 * One alert, the same whatever paging system sent it. Texts are cleaned: no control characters, bounded lengths.
 *
 * @param source the paging system's name in URLs and settings: {@code alertmanager}
 * @param fingerprint the source's name of the alert; with {@code startsAt} it names an {@linkplain Episode episode}
 * @param summary one line for people
 */
public record Alert(
        String source,
        Status status,
        String fingerprint,
        Instant startsAt,
        IncidentKey key,
        Severity severity,
        String summary,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public Alert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public Episode episode() {
        return new Episode(fingerprint, startsAt);
    }

    public enum Status {
        FIRING,
        RESOLVED,
        /** The source was looked at and does not list it: it is over, unless something was heard of it since the look. */
        GONE;

        public boolean isOver() {
            return this != FIRING;
        }
    }

    /** One time that an alert fires, from its start until it is resolved. A later start is another episode. */
    public record Episode(String fingerprint, Instant startsAt) {}
}
