package org.incidentorchestrator.host;

import java.time.Instant;
import java.util.Set;

/**
 * What is looked for in the audit log.
 *
 * @param until not included
 * @param namespaces whose objects; the empty string stands for what belongs to none
 * @param user as whom it was done, or who did it as somebody else; empty for everybody
 * @param verbs of the API, {@code patch} for one; none for all
 * @param most how many events are given back, the newest
 */
public record AuditQuery(
        Instant since, Instant until, Set<String> namespaces, String user, Set<String> verbs, int most) {
    public AuditQuery {
        namespaces = Set.copyOf(namespaces);
        verbs = Set.copyOf(verbs);
    }

    boolean selects(AuditEvent event) {
        return !event.at().isBefore(since)
                && event.at().isBefore(until)
                && namespaces.contains(event.namespace())
                && (verbs.isEmpty() || verbs.contains(event.verb()))
                && (user.isEmpty()
                        || event.user().equals(user)
                        || event.user().startsWith(user + " (by ")
                        || event.user().endsWith(" (by " + user + ")"));
    }
}
