package org.incidentorchestrator.runbook;

/** Another program with the same {@code node.name} is at work on this database. The message says which and what to do. */
public final class NodeNameTaken extends RuntimeException {
    NodeNameTaken(String name, String holder) {
        super(("node.name is %s, and another program of that name is at work on this database (%s). It would take this"
                        + " one's jobs for its own: give each program a name of its own, or end the other one")
                .formatted(name, holder));
    }
}
