package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What a propose task gives to the process.
 *
 * @param proposal what the form shows: summary, kubectl, diff, plannedAt, expiresAt, target
 */
record Proposed(long proposalId, JsonNode proposal) {
    /** A variable shown by a form stays below 32 KiB; the whole diff is in the row and in the timeline. */
    private static final int LONGEST_DIFF = 12_000;

    static Proposed of(long id, Proposal stored) {
        String diff = stored.diff();
        return new Proposed(
                id,
                Json.tree(Map.of(
                        "summary", stored.summary(),
                        "kubectl", stored.kubectl(),
                        "diff", diff.length() <= LONGEST_DIFF ? diff : diff.substring(0, LONGEST_DIFF) + "\n… (cut)",
                        "plannedAt",
                                stored.plannedAt()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                        "expiresAt",
                                stored.expiresAt()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString(),
                        "target", stored.target())));
    }
}
