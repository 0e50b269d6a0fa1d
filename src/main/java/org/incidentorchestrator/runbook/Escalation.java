package org.incidentorchestrator.runbook;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Severity;
import org.springframework.stereotype.Component;

/** When an incident pages, by how bad it is: a warning in hours only and not beyond its last level, all else always. */
@Component
public class Escalation {
    /** The looks of the waits in which nothing is asked of anybody. */
    private static final List<String> WAITING = List.of("serviceTask_watchForBreach", "serviceTask_checkLease");

    private final EscalationSettings settings;
    private final WarningSettings warning;
    private final Timeline timeline;

    Escalation(EscalationSettings settings, WarningSettings warning, Timeline timeline) {
        this.settings = settings;
        this.warning = warning;
        this.timeline = timeline;
    }

    public Ladder ladder(Incident incident) {
        int last = waitsForHours(incident) ? warning.lastLevel() : Ladder.EVERYBODY;
        return new Ladder(settings, time(incident), last, incident);
    }

    /** The hours in which the incident pages, in words; none for one that pages always. */
    public Optional<String> hours(Incident incident) {
        return waitsForHours(incident) ? Optional.of(warning.hours().toString()) : Optional.empty();
    }

    /**
     * When an incident that somebody has is given back, if nothing is heard of any person until then. Never for one that
     * a person has ended. While a workload is watched after a breach, or a lease runs, nothing is asked of anybody: each
     * look counts as heard, so that it is silent once the looks stop too.
     */
    public Instant silentAt(Incident incident) {
        return silentAt(List.of(incident)).get(incident.number());
    }

    /** The same of many, at the price of one. */
    public Map<IncidentNumber, Instant> silentAt(Collection<Incident> incidents) {
        List<IncidentNumber> had = incidents.stream()
                .filter(Escalation::canBeSilent)
                .map(Incident::number)
                .toList();
        Map<IncidentNumber, Instant> heard = timeline.lastHeard(had, WAITING);
        return incidents.stream()
                .collect(Collectors.toMap(
                        Incident::number,
                        incident -> canBeSilent(incident)
                                ? silentAt(incident, Optional.ofNullable(heard.get(incident.number())))
                                : Ladder.NEVER));
    }

    private static boolean canBeSilent(Incident incident) {
        return !incident.endedByPerson() && incident.takenBy().isPresent();
    }

    private Instant silentAt(Incident incident, Optional<Instant> heard) {
        Instant last = heard.filter(at -> at.isAfter(incident.acknowledgedAt())).orElse(incident.acknowledgedAt());
        return time(incident).after(last, settings.ackTimeout());
    }

    private PagingTime time(Incident incident) {
        return waitsForHours(incident) ? warning.hours() : PagingTime.ALWAYS;
    }

    private static boolean waitsForHours(Incident incident) {
        return incident.severity() == Severity.WARNING;
    }
}
