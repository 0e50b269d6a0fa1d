package org.incidentorchestrator.evidence;

import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;

/**
 * One thing that happened, to be appended.
 *
 * @param actor who did it: a user id, {@code alertmanager}, or {@code incident-orchestrator}
 * @param activity where in the process, as the element's id; empty outside of one
 * @param summary one line for people: past tense, names the target
 * @param details small typed facts for machines: strings, numbers, booleans, lists of them; long text is an artefact
 */
public record Entry(
        Kind kind,
        Optional<IncidentNumber> incident,
        String actor,
        String activity,
        String summary,
        Map<String, Object> details) {
    public static final String SELF = "incident-orchestrator";
    /** The detail that names the process instance in which a step was: one part may run several times at once. */
    public static final String INSTANCE = "instance";

    public Entry {
        activity = activity == null ? "" : activity;
        details = Map.copyOf(details);
    }

    public static Entry of(Kind kind, IncidentNumber incident, String actor, String summary) {
        return new Entry(kind, Optional.of(incident), actor, "", summary, Map.of());
    }

    public Entry at(String element) {
        return new Entry(kind, incident, actor, element, summary, details);
    }

    public Entry with(Map<String, Object> facts) {
        return new Entry(kind, incident, actor, activity, summary, facts);
    }

    /** Facts (opened, claimed, decided …) join the transaction that makes them true; attempts have their own. */
    public enum Kind {
        ALERT_RECEIVED,
        ALERT_ATTACHED,
        ALERT_RESOLVED,
        ALERT_PARKED,
        INCIDENT_OPENED,
        INCIDENT_REOPENED,
        INCIDENT_ENDED,
        INCIDENT_CLOSED,
        PAGED,
        ACKNOWLEDGED,
        GIVEN_BACK,
        HANDED_OVER,
        ESCALATED,
        RESPONDER_ADDED,
        NOTE,
        RUN_ABORTED,
        HELD,
        MAINTENANCE,
        NOTIFIED,
        NOT_NOTIFIED,
        APPROVAL_ASKED,
        APPROVAL_DECIDED,
        APPROVAL_EXPIRED,
        GLASS_BROKEN,
        GLASS_REVIEWED,
        ACCESS_REFUSED,
        MEMBERSHIP_CHANGED,
        PERSON_NEEDED,
        PERSON_NOT_NEEDED,
        RUNBOOK_STARTED,
        RUNBOOK_ENDED,
        DECIDED,
        STEP_LOOKED,
        STEP_PROPOSED,
        STEP_INTENT,
        STEP_APPLIED,
        STEP_REHEARSED,
        STEP_REFUSED,
        STEP_FAILED,
        STEP_UNKNOWN,
        GLOBAL_STOP,
        DATABASE_REBUILT,
        EVIDENCE_REMOVED,
        RETENTION
    }
}
