package org.incidentorchestrator.notify.oncall;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is on call for a group at a time, and what comes after.
 *
 * @param contacts who is told; all of them
 * @param until when somebody else is; nothing when nobody ever takes over
 * @param next who is told from then on; empty when nobody ever takes over
 */
public record Duty(List<Contact> contacts, Optional<Instant> until, List<Contact> next) {
    public Duty {
        contacts = List.copyOf(contacts);
        next = List.copyOf(next);
    }

    static Duty always(List<Contact> contacts) {
        return new Duty(contacts, Optional.empty(), List.of());
    }
}
