package org.incidentorchestrator.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.incidentorchestrator.intake.Heartbeats.Heartbeat;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells a person when a heartbeat has fallen silent: nobody else would notice that no alert arrives any more. Once per
 * silence, which is written down, so that neither a restart nor a second program tells it again; taken back when it is
 * heard again. One that has never been heard is expected only if a setting says so: an installation without a paging
 * system has nothing to miss.
 *
 * <p>Only what the paging system sends counts, not what it answers when it is asked: the way from there to here is what
 * a heartbeat proves. Silence is counted from the start of the program at the earliest, since it hears nothing while it
 * is down.
 */
@Component
final class HeartbeatWatch {
    private final Heartbeats heartbeats;
    private final List<AlertSource> sources;
    private final IntakeSettings settings;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile Instant listeningSince;

    HeartbeatWatch(
            Heartbeats heartbeats,
            List<AlertSource> sources,
            IntakeSettings settings,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.heartbeats = heartbeats;
        this.sources = List.copyOf(sources);
        this.settings = settings;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    void check() {
        Instant now = clock.instant();
        if (listeningSince == null) {
            listeningSince = now;
        }
        if (settings.heartbeatExpected()) {
            expectAll(now);
        }
        for (Heartbeat heartbeat : heartbeats.all()) {
            if (heartbeat.toldAt().isPresent()) {
                takeBack(heartbeat);
            } else if (isExpected(heartbeat) && isSilent(heartbeat, now)) {
                tell(heartbeat, now);
            }
        }
    }

    /** When the heartbeat that was heard longest ago was heard; none while none is expected. */
    Optional<Instant> silentSince() {
        return heartbeats.all().stream()
                .filter(this::isExpected)
                .map(Heartbeat::heardOrExpected)
                .min(Instant::compareTo);
    }

    private void expectAll(Instant now) {
        for (AlertSource source : sources) {
            for (String name : settings.heartbeats()) {
                try {
                    heartbeats.expect(source.name(), name, now);
                } catch (DuplicateKeyException another) {
                    // Another program was first: it is expected.
                }
            }
        }
    }

    private boolean isExpected(Heartbeat heartbeat) {
        return settings.heartbeats().contains(heartbeat.name());
    }

    private boolean isSilent(Heartbeat heartbeat, Instant now) {
        Instant heard = heartbeat.heardOrExpected();
        Instant from = heard.isAfter(listeningSince) ? heard : listeningSince;
        return !now.isBefore(from.plus(settings.heartbeatSilence()));
    }

    private void tell(Heartbeat silent, Instant now) {
        transaction.executeWithoutResult(status -> {
            if (heartbeats.told(silent, now)) {
                events.publishEvent(new PersonNeeded(reason(silent), Optional.empty(), subject(silent)));
            }
        });
    }

    private void takeBack(Heartbeat told) {
        boolean heard = told.lastSeenAt()
                .filter(seen -> seen.isAfter(told.toldAt().orElseThrow()))
                .isPresent();
        if (heard || !isExpected(told)) {
            String why = heard
                    ? told.name() + " from " + told.source() + " was heard again at "
                            + told.lastSeenAt().orElseThrow()
                    : told.name() + " is no heartbeat any more (intake.heartbeats)";
            transaction.executeWithoutResult(status -> {
                if (heartbeats.takenBack(told)) {
                    events.publishEvent(new PersonNotNeeded(why, Optional.empty(), subject(told)));
                }
            });
        }
    }

    private String reason(Heartbeat silent) {
        String since = silent.lastSeenAt()
                .map(seen -> "has not been heard since " + seen)
                .orElse("has never been heard, and is expected since " + silent.expectedSince());
        return "The heartbeat " + silent.name() + " from " + silent.source() + " " + since
                + ": alerts may not arrive here any more. See whether Prometheus and " + silent.source()
                + " run and reach this program, and whether the route of " + silent.name()
                + " leads here and repeats it more often than intake.heartbeat-silence ("
                + settings.heartbeatSilence().toSeconds() + " s) has it. Until then, look for alerts there.";
    }

    private static String subject(Heartbeat heartbeat) {
        return "heartbeat/" + heartbeat.source() + "/" + heartbeat.name();
    }
}
