package org.incidentorchestrator.notify;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.notify.oncall.Contact.Address;
import org.springframework.stereotype.Component;

/** Who was told what of an incident, when and how, and what failed; to be read by others. */
@Component
public class Told {
    private final Outbox outbox;

    Told(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * @param what page, given back, taken, closed, person, announcement
     * @param level of the ladder; 0 where none was paged
     * @param state due, sent, dropped (no longer true when it was to be sent), failed
     * @param at when it was sent, dropped or given up
     * @param note why it was dropped or failed, or why it is tried again
     */
    public record One(
            long id,
            String what,
            int level,
            String contact,
            Address address,
            String text,
            String state,
            int attempts,
            Instant writtenAt,
            Optional<Instant> at,
            Optional<Instant> dueAt,
            Optional<String> note) {}

    /** In the order in which it was written. */
    public List<One> of(IncidentNumber incident) {
        return outbox.of(incident).stream().map(Told::one).toList();
    }

    private static One one(Notification row) {
        boolean due = row.state() == Notification.State.DUE;
        return new One(
                row.id(),
                word(row.what().kind()),
                row.what().level(),
                row.what().to().contact().name(),
                row.what().to().address(),
                row.what().text(),
                word(row.state()),
                row.attempts(),
                row.createdAt(),
                row.doneAt(),
                due ? Optional.of(row.dueAt()) : Optional.empty(),
                row.note());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
