package org.incidentorchestrator.notify;

import java.time.Clock;
import java.util.Optional;
import org.incidentorchestrator.incident.Incident;
import org.springframework.stereotype.Component;

/** Whether what is to be told is still true, asked right before it is sent. */
@Component
final class Recheck {
    private final Outbox outbox;
    private final Clock clock;

    Recheck(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Why it is not sent any more, for the record; none when it is. */
    Optional<String> dropped(Notification row, Optional<Incident> incident) {
        if (incident.filter(Incident::exercise).isPresent()) {
            return Optional.of("an exercise tells nobody");
        }
        return switch (row.what().kind()) {
            case PAGE -> incident.flatMap(it -> overtaken(row, it));
            case GIVEN_BACK ->
                incident.flatMap(it -> it.open() && it.takenBy().isEmpty()
                        ? unheard(row)
                        : Optional.of("somebody has it again, or it is closed"));
            case TAKEN -> incident.flatMap(it -> needless(row, it));
            case CLOSED -> unheard(row);
            case PERSON, ANNOUNCEMENT -> Optional.empty();
        };
    }

    private Optional<String> overtaken(Notification page, Incident now) {
        if (!now.open()) {
            return Optional.of(now.number() + " was closed at " + now.closedAt());
        }
        if (now.reopened() != page.what().episode()) {
            return Optional.of(now.number() + " was closed and came back");
        }
        if (now.endedByPerson()) {
            return Optional.of(
                    now.ending().by() + " has ended it at " + now.ending().at());
        }
        if (now.takenBy().isPresent()) {
            return Optional.of(now.acknowledgedBy() + " has taken it at " + now.acknowledgedAt());
        }
        if (now.heldUntil() != null && now.heldUntil().isAfter(clock.instant())) {
            return Optional.of("it is held until " + now.heldUntil() + " by "
                    + (now.parent() == null
                            ? "maintenance, or for a look at what it shares"
                            : now.parent().toString()));
        }
        return Optional.empty();
    }

    private Optional<String> needless(Notification taken, Incident now) {
        return now.takenBy().isEmpty() || !now.open()
                ? Optional.of("it was given back or closed meanwhile")
                : unheard(taken);
    }

    private Optional<String> unheard(Notification end) {
        return outbox.mayHaveHeard(end) ? Optional.empty() : Optional.of("nobody was told of it there");
    }
}
