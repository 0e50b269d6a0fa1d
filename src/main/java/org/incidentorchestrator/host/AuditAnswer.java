package org.incidentorchestrator.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the audit log says, or why it says nothing: an empty answer of a log that is not there would be a lie. */
public sealed interface AuditAnswer {
    /** @param reason one sentence without its end */
    record NotAvailable(String reason) implements AuditAnswer {}

    /**
     * @param events the newest of those that were selected, oldest first
     * @param selected how many there are in all
     * @param denied of these, refused to who asked
     * @param inWindow how many of anybody's on anything there are in the window: none at all is a log that is not written
     * @param reachesBackTo the oldest that was read; empty when there is none
     * @param gaps what was not read and could hold more, one sentence each without its end
     */
    record Found(
            List<AuditEvent> events,
            int selected,
            int denied,
            long inWindow,
            Optional<Instant> reachesBackTo,
            List<String> gaps)
            implements AuditAnswer {
        public Found {
            events = List.copyOf(events);
            gaps = List.copyOf(gaps);
        }
    }
}
