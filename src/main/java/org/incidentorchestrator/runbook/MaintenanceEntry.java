package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.incidentorchestrator.incident.MaintenanceSettings;
import org.incidentorchestrator.incident.Severity;
import org.springframework.stereotype.Component;

/**
 * Whether a maintenance may begin, and until when it may last (runbook W01–W04, N01–N04). Its window is absolute, counted
 * from when it was due: an outage of ours makes it shorter and never later.
 */
@Component
class MaintenanceEntry {
    private static final Set<String> MAINTENANCES = Set.of("WeeklyMaintenance", "MonthlyMaintenance");
    private static final int MOST = 1000;
    private static final int MOST_NAMED = 5;

    private final Incidents incidents;
    private final MaintenanceSettings settings;
    private final MaintenanceTold told;
    private final Clock clock;

    MaintenanceEntry(Incidents incidents, MaintenanceSettings settings, MaintenanceTold told, Clock clock) {
        this.incidents = incidents;
        this.settings = settings;
        this.told = told;
        this.clock = clock;
    }

    /** {@code ${incidents.openWindow}}: {@code entry} is clear, missed or superseded. */
    void open(DelegateExecution execution) {
        Incident incident = incidents.get(IncidentNumber.parse(execution.getProcessBusinessKey()));
        Instant until = until(incident, execution);
        give(execution, incident, until);
        Optional<Incident> other = others(
                        incident, each -> MAINTENANCES.contains(each.key().alertName()))
                .stream()
                .findFirst();
        if (!clock.instant().isBefore(until)) {
            refuse("missed", "its window closed at %s, before it could begin".formatted(seconds(until)), execution);
        } else if (other.isPresent()) {
            refuse("superseded", "%s is open: never both".formatted(named(other.get())), execution);
        } else {
            begin(incident, until, execution);
        }
    }

    private Instant until(Incident incident, DelegateExecution execution) {
        Duration length = "monthly".equals(execution.getVariable("maintenance"))
                ? settings.monthlyLength()
                : settings.weeklyLength();
        return incident.openedAt().plus(length).truncatedTo(ChronoUnit.MILLIS);
    }

    private void give(DelegateExecution execution, Incident incident, Instant until) {
        String namespace = incident.key().namespace();
        execution.setVariableLocal("windowUntil", until.toString());
        execution.setVariableLocal("warnAt", until.minus(settings.warning()).toString());
        execution.setVariableLocal("place", namespace.isEmpty() ? settings.namespace() : namespace);
        execution.setVariableLocal("checklist", null);
    }

    private void begin(Incident incident, Instant until, DelegateExecution execution) {
        execution.setVariableLocal("entry", "clear");
        String begun = "%s: %s has begun; its window closes at %s. Its first item waits in Tasklist."
                .formatted(incident.number(), incident.summary(), seconds(until));
        told.record(execution, begun, Map.of("until", until.toString()));
        told.announce(incident, Set.of(), "begun", begun, Optional.empty());
    }

    private void refuse(String why, String reason, DelegateExecution execution) {
        execution.setVariableLocal("entry", why);
        Incident incident = incidents.get(IncidentNumber.parse(execution.getProcessBusinessKey()));
        String refused =
                "%s: %s was %s: %s. Nothing of it was done; begin it by hand in a window of your own, or leave it to its next date."
                        .formatted(incident.number(), incident.summary(), why, reason);
        told.record(execution, refused, Map.of("entry", why));
        told.ask(incident, why, refused);
    }

    /** {@code ${incidents.checkCritical}}: holds the row, so that the wait for a person hears what comes after it. */
    void checkCritical(DelegateExecution execution) {
        Incident incident = incidents.lock(IncidentNumber.parse(execution.getProcessBusinessKey()));
        List<Incident> critical = others(incident, each -> each.severity() == Severity.CRITICAL);
        boolean asks = incident.firing() && !incident.aborted();
        execution.setVariableLocal("criticalOpen", asks ? critical.size() : 0);
        execution.setVariableLocal(
                "criticalText",
                critical.stream().limit(MOST_NAMED).map(MaintenanceEntry::named).collect(Collectors.joining("; "))
                        + (critical.size() > MOST_NAMED ? "; and more" : ""));
    }

    /** Other open ones; what is only played stands against nothing. */
    private List<Incident> others(Incident incident, Predicate<Incident> which) {
        return incidents.list(Listed.OPEN, null, MOST).stream()
                .filter(each -> !each.exercise() && !each.number().equals(incident.number()))
                .filter(which)
                .toList();
    }

    private static String named(Incident incident) {
        return incident.number() + " " + incident.key();
    }

    static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
