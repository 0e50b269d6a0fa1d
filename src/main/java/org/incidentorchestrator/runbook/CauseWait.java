package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.incident.CommonCause;
import org.incidentorchestrator.incident.CommonCauseSettings;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.HoldEnded;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentClosed;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Lets an incident wait on the one of its common cause. It waits once for each cause, and in all no longer than
 * {@code common-cause.wait-at-most}: whatever becomes of the other one, its own runbook goes on, and people are paged.
 */
@Component
class CauseWait {
    private final Incidents incidents;
    private final CommonCauses causes;
    private final CauseSuspicion suspicion;
    private final ParentIncidents parents;
    private final CommonCauseSettings settings;
    private final Runbooks runbooks;
    private final CauseHold holds;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CauseWait(
            Incidents incidents,
            CommonCauses causes,
            CauseSuspicion suspicion,
            ParentIncidents parents,
            CommonCauseSettings settings,
            Runbooks runbooks,
            CauseHold holds,
            ApplicationEventPublisher events,
            Clock clock) {
        this.incidents = incidents;
        this.causes = causes;
        this.suspicion = suspicion;
        this.parents = parents;
        this.settings = settings;
        this.runbooks = runbooks;
        this.holds = holds;
        this.events = events;
        this.clock = clock;
    }

    /** Whether it may wait on another one ({@code asks}), and whether several services are down at once ({@code several}). */
    void countNeighbours(DelegateExecution execution) {
        Incident incident = incidents.get(number(execution));
        String runbook = String.valueOf(execution.getVariable("likelyRunbook"));
        boolean asks = suspicion.mayWait(incident)
                && !settings.notFor().contains(runbook)
                && !runbooks.procedures().contains(runbook);
        execution.setVariableLocal("asks", asks);
        execution.setVariableLocal("several", asks && suspicion.several(clock.instant()));
        if (!asks) {
            holds.release(incident, "it waits on nothing: people are paged", execution);
        }
    }

    /** What the word {@code cause} leads to, as {@code hold}: held, resolved, parentClosed; none when it goes on. */
    void join(DelegateExecution execution) {
        Incident incident = incidents.get(number(execution));
        String word = String.valueOf(execution.getVariable("cause"));
        String seen = String.valueOf(execution.getVariable("platformText"));
        String hold = "none";
        if (word.equals("none") || word.equals("unknown") || !suspicion.mayWait(incident)) {
            goOn(incident, word, seen, execution);
        } else {
            hold = await(
                    incident, CommonCause.of(word, String.valueOf(execution.getVariable("node"))), seen, execution);
        }
        execution.setVariableLocal("hold", incidents.get(incident.number()).firing() ? hold : "resolved");
        execution.setVariableLocal("heldUntil", String.valueOf(execution.getVariable("waitUntil")));
    }

    private void goOn(Incident incident, String word, String seen, DelegateExecution execution) {
        if (word.equals("unknown")) {
            holds.note(
                    incident.number(),
                    "whether it has a cause in common with others is unknown, its own runbook goes on: " + seen,
                    execution);
        }
        holds.release(incident, "it has no cause in common with others that is known: people are paged", execution);
    }

    private String await(Incident incident, CommonCause cause, String seen, DelegateExecution execution) {
        Instant now = clock.instant();
        Instant until = waitUntil(execution, now);
        if (hasWaited(incident, cause, now) || !until.isAfter(now)) {
            holds.note(
                    incident.number(),
                    "%s, and it has waited for that: its own runbook goes on".formatted(cause.inWords()),
                    execution);
            holds.release(incident, "it waits no longer: people are paged", execution);
            return "none";
        }
        Incident parent = parents.openOrFind(cause, incident, seen);
        holds.begin(incident.number(), parent, until, execution);
        return held(incident.number(), parent.number(), now);
    }

    /** Until the engine commits, nobody resolves the one or closes the other: who does it later finds the wait. */
    private String held(IncidentNumber child, IncidentNumber parent, Instant now) {
        Incident incident = incidents.lock(child);
        if (!incident.waits(now)) {
            return "none";
        }
        return incidents.lock(parent).open() ? "held" : "parentClosed";
    }

    /** A job that comes again has begun to wait before. */
    private boolean hasWaited(Incident incident, CommonCause cause, Instant now) {
        return Optional.ofNullable(incident.parent())
                .map(incidents::get)
                .filter(before -> before.key().equals(cause.key()))
                .filter(before -> !before.open() || !incident.waits(now))
                .isPresent();
    }

    /** Counted from the first wait: one that follows on another does not make it longer. */
    private Instant waitUntil(DelegateExecution execution, Instant now) {
        Object before = execution.getVariable("waitUntil");
        Instant until = before == null ? now.plus(settings.waitAtMost()) : Instant.parse(before.toString());
        if (before == null) {
            execution.setVariable("waitUntil", until.toString());
        }
        return until;
    }

    /** While its row is held: whether it waits on, as {@code hold}: held, resolved, over, parentClosed. */
    void check(Incident incident, DelegateExecution execution) {
        Instant now = clock.instant();
        String hold = "over";
        if (!incident.firing()) {
            hold = "resolved";
        } else if (incident.held(now) && !incident.aborted()) {
            hold = incidents.lock(incident.parent()).open() ? "held" : "parentClosed";
        }
        execution.setVariableLocal("hold", hold);
        execution.setVariableLocal("heldUntil", incident.heldUntil().toString());
        switch (hold) {
            case "over" ->
                holds.note(
                        incident.number(),
                        "waits on %s no longer: its own runbook goes on".formatted(incident.parent()),
                        execution);
            case "parentClosed" ->
                holds.note(
                        incident.number(),
                        "%s is closed: it is looked again what is wrong".formatted(incident.parent()),
                        execution);
            default -> {
                // What goes on as it was, and what ends, is on the record already.
            }
        }
    }

    /** However it was closed, resolved or deleted: what waits on it asks again, at once. */
    @EventListener
    void closed(IncidentClosed closed) {
        if (closed.incident().isCommonCause()) {
            List<IncidentNumber> waiting = causes.waiting(closed.incident().number(), clock.instant());
            if (!waiting.isEmpty()) {
                events.publishEvent(new HoldEnded(waiting));
            }
        }
    }

    private static IncidentNumber number(DelegateExecution execution) {
        return IncidentNumber.parse(execution.getProcessBusinessKey());
    }
}
