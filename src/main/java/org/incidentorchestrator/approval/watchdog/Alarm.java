package org.incidentorchestrator.approval.watchdog;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.incidentorchestrator.approval.paging.DirectPage;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells people what the watchdog has confirmed: a task for each kind, which pages; a line in the log; and, for an
 * incident that would be silent, the page itself. Again every half an hour, and taken back when it has mended.
 */
@Component
class Alarm {
    private static final Duration AGAIN = Duration.ofMinutes(30);

    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

    private final Consumer<IncidentNumber> page;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Map<String, Instant> told = new HashMap<>();
    /** What another run of this program may have told is taken back too. */
    private final Set<Kind> unknown = EnumSet.allOf(Kind.class);

    @Autowired
    Alarm(DirectPage page, ApplicationEventPublisher events, PlatformTransactionManager transactions) {
        this(page::page, events, transactions);
    }

    /** @param page what pages for an incident that would be silent */
    Alarm(Consumer<IncidentNumber> page, ApplicationEventPublisher events, PlatformTransactionManager transactions) {
        this.page = page;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    void tell(Round round) {
        for (Finding finding : round.confirmed()) {
            incident(finding).ifPresent(silent -> attempt(() -> page.accept(silent)));
            attempt(() -> tell(finding, round.at()));
        }
        for (Kind kind : Kind.values()) {
            if (round.found().stream().noneMatch(finding -> finding.kind() == kind)) {
                attempt(() -> takeBack(kind));
            }
        }
    }

    private void tell(Finding finding, Instant now) {
        Instant before = told.get(key(finding));
        if (before == null || !now.isBefore(before.plus(AGAIN))) {
            LOG.error("The paging is in danger ({}): {}", finding.kind().word(), finding.what());
            publish(new PersonNeeded(
                    finding.what() + " " + finding.kind().remedy(), incident(finding), subject(finding)));
            told.put(key(finding), now);
            unknown.remove(finding.kind());
        }
    }

    private static String key(Finding finding) {
        return finding.kind().word() + "/" + finding.about();
    }

    /** A job's is the job's own, so that its task is closed when the job goes through. */
    private static String subject(Finding finding) {
        return finding.kind() == Kind.JOBS ? finding.about() : subject(finding.kind());
    }

    private static Optional<IncidentNumber> incident(Finding finding) {
        return finding.kind() == Kind.LADDER ? Optional.of(IncidentNumber.parse(finding.about())) : Optional.empty();
    }

    private static String subject(Kind kind) {
        return "watchdog/" + kind.word();
    }

    private void takeBack(Kind kind) {
        boolean was = told.keySet().stream().anyMatch(key -> key.startsWith(kind.word() + "/"));
        if ((was || unknown.contains(kind)) && kind != Kind.JOBS) {
            publish(new PersonNotNeeded(
                    "The watchdog finds it in order again (" + kind.word() + ")", Optional.empty(), subject(kind)));
        }
        if (was) {
            LOG.warn("The paging is out of danger ({})", kind.word());
        }
        told.keySet().removeIf(key -> key.startsWith(kind.word() + "/"));
        unknown.remove(kind);
    }

    private void publish(Object event) {
        transaction.executeWithoutResult(status -> events.publishEvent(event));
    }

    /** Whoever cannot be told of one thing may be told of the next; the log has both. */
    private static void attempt(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.error("The watchdog could not tell people what it found; it tries again in its next round", e);
        }
    }
}
