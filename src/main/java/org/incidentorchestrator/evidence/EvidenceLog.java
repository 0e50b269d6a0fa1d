package org.incidentorchestrator.evidence;

/**
 * Appends what happened. Joins the caller's transaction where there is one (a fact is written in the transaction that
 * makes it true), else uses its own. An attempt, which must outlive a rollback, is appended by a caller that has opened
 * a transaction of its own for it. Appending only inserts; the sealer adds sequence and hash. Each appended entry is
 * one line in the program's log after its commit.
 */
public interface EvidenceLog {
    /** @return the row's id, for its artefacts */
    long append(Entry entry);
}
