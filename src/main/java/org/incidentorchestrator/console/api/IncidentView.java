package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.Locale;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Abort;
import org.incidentorchestrator.incident.Target;

/**
 * An incident as its row says. What it does not have yet is left out.
 *
 * @param exercise true for a game day's: nobody is paged; left out for what is real
 * @param level how far the ladder has paged: 1 to 4, 5 for everybody
 * @param target {@code Deployment/namespace/name}, once found
 * @param declaredBy who declared it by hand; left out when an alert opened it
 * @param heldUntil the end of what kept it from people, maintenance or the wait on its parent, be it past or to come
 * @param parent the incident of the common cause that it waits on, or waited on last
 * @param firstAcknowledgedAt when somebody first took it; {@code acknowledgedAt} is since when {@code acknowledgedBy}
 *     has it, who may have got it later
 * @param abort why its run changes nothing more, though it is open
 * @param ending why nothing more is to be done; set while the incident is still open too
 */
record IncidentView(
        Boolean exercise,
        String id,
        State state,
        String alertName,
        String namespace,
        String workload,
        String severity,
        String summary,
        String runbook,
        String target,
        Instant openedAt,
        String declaredBy,
        Instant heldUntil,
        String parent,
        int reopened,
        int level,
        Instant firstAcknowledgedAt,
        Instant acknowledgedAt,
        String acknowledgedBy,
        Abort abort,
        EndingView ending,
        Instant closedAt,
        String outcome) {

    enum State {
        open,
        closed
    }

    record EndingView(String cause, String by, String reason, Instant at) {
        static EndingView of(Ending ending) {
            return ending == null
                    ? null
                    : new EndingView(word(ending.cause()), ending.by(), ending.reason(), ending.at());
        }
    }

    static IncidentView of(Incident incident) {
        return new IncidentView(
                stamp(incident),
                incident.number().toString(),
                incident.open() ? State.open : State.closed,
                incident.key().alertName(),
                incident.key().namespace(),
                incident.key().workload(),
                word(incident.severity()),
                incident.summary(),
                incident.runbook(),
                incident.foundTarget().map(Target::id).orElse(null),
                incident.openedAt(),
                incident.declaredBy(),
                incident.heldUntil(),
                incident.parent() == null ? null : incident.parent().toString(),
                incident.reopened(),
                incident.level(),
                incident.firstAcknowledgedAt(),
                incident.acknowledgedAt(),
                incident.acknowledgedBy(),
                incident.abort(),
                EndingView.of(incident.ending()),
                incident.closedAt(),
                incident.outcome() == null ? null : word(incident.outcome()));
    }

    /** True, or null: then it is left out. */
    static Boolean stamp(Incident incident) {
        return incident.exercise() ? Boolean.TRUE : null;
    }

    /** {@code RESOLVED_BY_RUNBOOK} as {@code resolvedByRunbook}. */
    static String word(Enum<?> constant) {
        return word(constant.name());
    }

    static String word(String constant) {
        var word = new StringBuilder();
        boolean upper = false;
        for (char c : constant.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c != '_') {
                word.append(upper ? Character.toUpperCase(c) : c);
            }
            upper = c == '_';
        }
        return word.toString();
    }
}
