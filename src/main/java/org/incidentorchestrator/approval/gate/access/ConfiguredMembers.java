package org.incidentorchestrator.approval.gate.access;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who belongs to the groups that decide about other people's changes, and to those who may break the glass: what the
 * settings say, and nothing else. Such a group is closed: the engine refuses every write to its members.
 */
public final class ConfiguredMembers {
    private final Map<String, Set<String>> members;
    private final ThreadLocal<Boolean> settling = ThreadLocal.withInitial(() -> false);

    /** @param members user ids by the id of each closed group; a group without members is closed too */
    public ConfiguredMembers(Map<String, Set<String>> members) {
        this.members = Map.copyOf(members);
    }

    /** The settings' word, whatever the database says: for whoever decides and for what is done with a decision. */
    public boolean holds(String person, String group) {
        return members.getOrDefault(group, Set.of()).contains(person);
    }

    /** Whether the settings are the only source of its members. */
    public boolean closed(String group) {
        return members.containsKey(group);
    }

    Set<String> groups() {
        return new TreeSet<>(members.keySet());
    }

    Set<String> of(String group) {
        return new TreeSet<>(members.get(group));
    }

    /** Everybody who belongs to a closed group, in order. */
    public Set<String> everybody() {
        Set<String> all = new TreeSet<>();
        members.values().forEach(all::addAll);
        return all;
    }

    /** For the start of the program, before anybody can reach it: only here are closed groups and their members written. */
    public void whileSettling(Runnable work) {
        settling.set(true);
        try {
            work.run();
        } finally {
            settling.remove();
        }
    }

    boolean settling() {
        return settling.get();
    }
}
