package org.incidentorchestrator.step;

import org.incidentorchestrator.cluster.Change;

/**
 * Puts into a change, right before it is sent, what proposals, ledger and evidence must not hold: they have where it
 * lies. Implemented by who seals it.
 */
public interface Unsealing {
    /**
     * @return as it is sent; the same where nothing of it is sealed
     * @throws StepFailure refused, when it cannot be opened any more: nothing is sent
     */
    Change unsealed(Change change);
}
