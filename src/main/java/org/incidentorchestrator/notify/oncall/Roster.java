package org.incidentorchestrator.notify.oncall;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is on call when, for each group.
 *
 * @param source where it comes from, for people: the path of a file, {@code built in}
 */
record Roster(String source, Map<String, Assignment> groups) {
    /** Those whom incidents and approvals bring in, in the order of the ladder. */
    static final List<String> GROUPS = List.of("l1", "l2", "l3", "l4", "approver");

    private static final String BUILT_IN = "built in";

    Roster {
        groups = Map.copyOf(groups);
    }

    Duty at(String group, Instant instant) {
        return Optional.ofNullable(groups.get(group))
                .map(assignment -> assignment.at(instant))
                .orElse(Duty.always(List.of()));
    }

    /** Whoever is on call at some time. */
    Stream<Contact> everybody() {
        return groups.values().stream().flatMap(assignment -> assignment.everybody().stream());
    }

    /** Nobody outside of Tasklist. */
    static Roster empty() {
        return new Roster(BUILT_IN, Map.of());
    }

    /** The accounts that the sandbox makes; nothing is sent to them. */
    static Roster ofSandbox() {
        Map<String, Assignment> groups = new LinkedHashMap<>();
        for (String group : GROUPS) {
            boolean approver = group.equals("approver");
            groups.put(group, always(approver ? account("Approver", "approver") : account("Responder", "responder")));
        }
        return new Roster(BUILT_IN, groups);
    }

    private static Assignment always(Contact contact) {
        return new Assignment.Always(List.of(contact));
    }

    private static Contact account(String name, String user) {
        return new Contact(name, Optional.of(user), List.of());
    }
}
