package org.incidentorchestrator.step;

/**
 * A second person's approval of exactly one proposed change, asked for where the change is made: in the INTENT
 * transaction, whatever path led there. Implemented by who asks people.
 */
public interface Permits {
    /**
     * Consumes the approval of this proposal: once, for this hash, on this cluster, in this run.
     *
     * @param proposal as it is stored now, and as it was just planned again
     * @param row the ledger row that acts on it
     * @throws StepFailure when there is no valid one: never approved, expired, used, forged, of somebody who may not
     */
    void consume(Proposal proposal, StepCall call, long row);
}
