package org.incidentorchestrator.incident;

import java.util.Optional;
import java.util.Set;

/**
 * Something that these people have to be told at once, beside the ladder: that their approval is asked for, that a gate
 * was opened by force, that a script runs longer than it may. Heard by whoever notifies, in the publisher's transaction.
 *
 * @param groups {@code l1} to {@code l4}, {@code approver}
 * @param persons user ids of those whom it is for: where they can be reached, they are told instead of the groups
 * @param subject what it is recognised by: the same subject is told once, {@code approval/17/asked}
 * @param text one sentence for people, without secrets and log lines: what, where, what to do
 * @param task the id of the task that it is about, for a link; empty where there is none
 */
public record Announcement(
        Optional<IncidentNumber> incident,
        Set<String> groups,
        Set<String> persons,
        String subject,
        String text,
        Optional<String> task) {
    public Announcement {
        groups = Set.copyOf(groups);
        persons = Set.copyOf(persons);
    }

    /** For everybody of these groups. */
    public Announcement(
            Optional<IncidentNumber> incident, Set<String> groups, String subject, String text, Optional<String> task) {
        this(incident, groups, Set.of(), subject, text, task);
    }
}
