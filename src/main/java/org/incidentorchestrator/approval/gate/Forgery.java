package org.incidentorchestrator.approval.gate;

/** What is said of an approval that does not verify. */
final class Forgery {
    private Forgery() {}

    static String told(Approval approval) {
        return ("The approval %d of %s does not verify: it was written into the database by somebody else than this program,"
                        + " or by one with another key (approval.key-file: programs that share a database need the same).")
                .formatted(approval.id(), approval.incident());
    }
}
