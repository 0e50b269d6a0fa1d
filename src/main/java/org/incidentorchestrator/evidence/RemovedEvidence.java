package org.incidentorchestrator.evidence;

import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which entries of the chain's beginning are gone, or may go: as a sealed entry says that was written before the first of
 * them went. So the chain can be verified without them: it goes on with the hash that the entry names.
 *
 * @param through the sequence number of the last of them; 0 for none
 * @param lastHash the hash of that one
 * @param statedBy the sequence number of the entry that says so; 0 for none
 */
record RemovedEvidence(long through, String lastHash, long statedBy) {
    private static final RemovedEvidence NONE = new RemovedEvidence(0, ChainRow.BEGINNING, 0);
    private static final String THROUGH = "through";
    private static final String LAST_HASH = "lastHash";

    static RemovedEvidence latest(JdbcClient jdbc) {
        return jdbc.sql(
                        "select seq, details from evidence where kind = :kind and seq is not null order by seq desc limit 1")
                .param("kind", Entry.Kind.EVIDENCE_REMOVED.name())
                .query((row, i) -> read(row.getLong("seq"), Details.read(row.getString("details"))))
                .optional()
                .orElse(NONE);
    }

    private static RemovedEvidence read(long sequence, Map<String, Object> details) {
        return new RemovedEvidence(
                ((Number) details.getOrDefault(THROUGH, 0)).longValue(),
                String.valueOf(details.get(LAST_HASH)),
                sequence);
    }

    /** What the entry says. */
    static Map<String, Object> facts(long from, long through, String lastHash, String closedBefore) {
        return Map.of(
                "from",
                from,
                THROUGH,
                through,
                "entries",
                through - from + 1,
                LAST_HASH,
                lastHash,
                "closedBefore",
                closedBefore);
    }
}
