package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.PatchedField;
import org.incidentorchestrator.incident.Target;

/**
 * A change that was made, as the ledger has it.
 *
 * @param step the verb that made it; @param at when the API server had taken it
 * @param set what it set, each by itself, without our marks; empty for an eviction
 * @param undo the body of the patch that sets back what was there before; empty where nothing can
 */
public record RecordedChange(
        String step, Target target, String uid, Instant at, List<PatchedField> set, Optional<JsonNode> undo) {
    public RecordedChange {
        set = List.copyOf(set);
    }
}
