package org.incidentorchestrator.runbook;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Announcement;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What is told of a maintenance: on its record, to whoever works on it, and to level 1 where a person has to settle it. */
@Component
class MaintenanceTold {
    private static final Set<String> FIRST = Set.of("l1");

    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;

    MaintenanceTold(EvidenceLog evidence, ApplicationEventPublisher events) {
        this.evidence = evidence;
        this.events = events;
    }

    void record(DelegateExecution execution, String told, Map<String, Object> facts) {
        evidence.append(Entry.of(
                        Entry.Kind.MAINTENANCE,
                        IncidentNumber.parse(execution.getProcessBusinessKey()),
                        Entry.SELF,
                        told)
                .at(execution.getCurrentActivityId())
                .with(facts));
    }

    /** @param persons who are told instead of level 1, where there are any; @param what of it: the same is told once */
    void announce(Incident incident, Set<String> persons, String what, String told, Optional<String> task) {
        events.publishEvent(
                new Announcement(Optional.of(incident.number()), FIRST, persons, subject(incident, what), told, task));
    }

    /** Somebody has to settle it: a task for level 1. */
    void ask(Incident incident, String what, String told) {
        events.publishEvent(new PersonNeeded(told, Optional.of(incident.number()), subject(incident, what)));
    }

    private static String subject(Incident incident, String what) {
        return "maintenance/" + incident.number() + "/" + what;
    }
}
