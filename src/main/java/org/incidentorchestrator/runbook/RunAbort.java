package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Abort;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.RunAborted;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Aborts an incident's run: from then on nothing more is changed for it. What was sent before is watched to its end and
 * recorded; what was changed may still be taken back (leases, paused autoscalers). The run ends "handed to a human", and
 * the incident stays open with its people and its ladder. There is no way back: a run begins again when its alert
 * reopens it after the closing, or when it is declared anew.
 */
@Component
public class RunAbort {
    private static final int LONGEST = 1000;

    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RunAbort(Incidents incidents, EvidenceLog evidence, ApplicationEventPublisher events, Clock clock) {
        this.incidents = incidents;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Joins the caller's transaction, else has its own. Waits for a change of this incident whose intent is being
     * written: that one is made; the next is refused.
     *
     * @param person a user id
     * @param reason why, in the person's words
     * @return why it was not done, a sentence; empty when it was
     */
    @Transactional
    public Optional<String> abort(IncidentNumber number, String person, String reason) {
        String why = reason == null ? "" : reason.strip();
        if (why.length() < 3 || why.length() > LONGEST) {
            return Optional.of(
                    "Say in 'reason' why the run of %s is aborted: 3 to %d characters".formatted(number, LONGEST));
        }
        Abort abort = new Abort(person, why, clock.instant());
        if (!incidents.abort(number, abort)) {
            return Optional.of(refusal(incidents.get(number)));
        }
        evidence.append(Entry.of(
                        Entry.Kind.RUN_ABORTED,
                        number,
                        person,
                        person + " aborted the run: " + why + "; nothing more is changed for it")
                .with(Map.of("reason", why)));
        events.publishEvent(new RunAborted(incidents.get(number)));
        return Optional.empty();
    }

    private static String refusal(Incident incident) {
        if (incident.aborted()) {
            return "%s: %s".formatted(incident.number(), incident.abort().inWords());
        }
        return incident.open()
                ? "%s has ended by %s at %s: its run changes nothing any more"
                        .formatted(
                                incident.number(),
                                incident.ending().by(),
                                incident.ending().at())
                : "%s is closed since %s: it has no run any more".formatted(incident.number(), incident.closedAt());
    }
}
