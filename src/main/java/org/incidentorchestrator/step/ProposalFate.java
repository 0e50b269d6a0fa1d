package org.incidentorchestrator.step;

import java.time.Instant;
import java.util.Optional;

/**
 * A proposal and what became of it.
 *
 * @param decidedAt null while nobody has decided
 * @param use empty while nothing has acted on it
 */
public record ProposalFate(Proposal proposal, Instant decidedAt, Optional<Use> use) {

    /**
     * How it was carried out. Of several effects the first that was not applied tells, since none is sent after it.
     *
     * @param activity the element that did it @param state as the ledger has it, {@code APPLIED}, {@code UNKNOWN} …
     * @param at of the result; of the intent while there is none
     */
    public record Use(String activity, String state, Instant at) {}
}
