package org.incidentorchestrator.runbook;

import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.IncidentWorsened;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Severity;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Weighs what the key metrics say of an incident (the word {@code judged}, of the table alert-severity) against what its
 * alerts said (runbook T01, T02). Only what is worse counts: metrics that are unknown, or better, may be those of the
 * wrong minute, and nobody is paged less because of them.
 */
@Component
class SeverityWeighing {
    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final OwnTransaction apart;

    SeverityWeighing(
            Incidents incidents, EvidenceLog evidence, ApplicationEventPublisher events, OwnTransaction apart) {
        this.incidents = incidents;
        this.evidence = evidence;
        this.events = events;
        this.apart = apart;
    }

    void weigh(DelegateExecution execution) {
        String judged = String.valueOf(execution.getVariable("judged"));
        Incident incident = incidents.get(number(execution));
        if (!incident.firing() || judged.equals(word(incident)) || judged.equals("unknown")) {
            return;
        }
        if (raises(judged, incident)) {
            raise(judged, execution);
        } else {
            note(incident, execution, judged, "the key metrics say %s, its alert said %s, and that stands");
        }
    }

    /** Apart: the ladder has to have stopped, in the database, before it can begin anew. */
    private void raise(String judged, DelegateExecution execution) {
        apart.run(() -> {
            Incident incident = incidents.lock(number(execution));
            if (incident.firing() && raises(judged, incident)) {
                note(incident, execution, judged, "the key metrics say %s, its alert said %s: it is %1$s from now on");
                incidents.worsen(incident.number(), Severity.of(judged));
                events.publishEvent(new IncidentWorsened(incidents.get(incident.number())));
            }
        });
    }

    private static boolean raises(String judged, Incident incident) {
        return Severity.of(judged) != Severity.UNKNOWN && Severity.of(judged).worseThan(incident.severity());
    }

    private void note(Incident incident, DelegateExecution execution, String judged, String told) {
        evidence.append(Entry.of(Entry.Kind.NOTE, incident.number(), Entry.SELF, told.formatted(judged, word(incident)))
                .at(execution.getCurrentActivityId())
                .with(Map.of("judged", judged, "stated", word(incident))));
    }

    private static IncidentNumber number(DelegateExecution execution) {
        return IncidentNumber.parse(execution.getProcessBusinessKey());
    }

    private static String word(Incident incident) {
        return incident.severity().name().toLowerCase(Locale.ROOT);
    }
}
