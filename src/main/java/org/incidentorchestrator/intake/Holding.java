package org.incidentorchestrator.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.incident.MaintenanceWindows;
import org.springframework.stereotype.Component;

/**
 * Keeps incidents from people that are opened on what somebody works on just then: they are there and on the record, and
 * nobody is paged and nothing is run for them before the window ends.
 */
@Component
final class Holding {
    private final MaintenanceWindows windows;
    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final Clock clock;

    Holding(MaintenanceWindows windows, Incidents incidents, EvidenceLog evidence, Clock clock) {
        this.windows = windows;
        this.incidents = incidents;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** One question for all of them. @return the same incidents, as their rows are then */
    List<Incident> of(List<Incident> started) {
        Instant now = clock.instant();
        List<MaintenanceWindow> holding = windows.lockHolding(
                started.stream().map(incident -> incident.key().namespace()).collect(Collectors.toSet()), now);
        return holding.isEmpty()
                ? started
                : started.stream().map(incident -> hold(incident, holding, now)).toList();
    }

    private Incident hold(Incident incident, List<MaintenanceWindow> holding, Instant now) {
        Optional<Instant> until = windows.heldUntil(incident, holding, now);
        if (until.isEmpty()) {
            return incident;
        }
        incidents.hold(incident.number(), until.get());
        evidence.append(Entry.of(
                        Entry.Kind.HELD,
                        incident.number(),
                        Entry.SELF,
                        "kept from people: maintenance until " + until.get() + reasons(incident, holding))
                .with(Map.of("until", until.get().toString())));
        return incidents.get(incident.number());
    }

    private static String reasons(Incident incident, List<MaintenanceWindow> holding) {
        return holding.stream()
                .filter(window -> window.covers(incident.key()))
                .map(window -> " (" + window.by() + ": " + window.reason() + ")")
                .collect(Collectors.joining());
    }
}
