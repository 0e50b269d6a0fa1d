package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Exercises;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.incidentorchestrator.incident.Severity;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens the exercises of a game day, and starts their root process in the same transaction. */
@Component
class GameDays implements Exercises {
    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    GameDays(
            Incidents incidents,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.incidents = incidents;
        this.evidence = evidence;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    public Optional<Incident> open(IncidentKey key) {
        return incidents.findOpenExercise(key);
    }

    @Override
    public Incident begin(IncidentKey key, Severity severity, String summary, String person) {
        return transaction.execute(status -> {
            Incident opened = incidents.exercise(key, severity, summary, person, null, clock.instant());
            String word = severity.name().toLowerCase(Locale.ROOT);
            evidence.append(Entry.of(
                            Entry.Kind.INCIDENT_OPENED,
                            opened.number(),
                            person,
                            "%s%s plays %s, %s: %s".formatted(opened.stamp(), person, key, word, summary))
                    .with(Map.of("exercise", true, "severity", word, "declaredBy", person)));
            events.publishEvent(new IncidentsOpened(List.of(opened)));
            return opened;
        });
    }
}
