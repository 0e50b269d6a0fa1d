package org.incidentorchestrator.console.start.h2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rows that were there when the program was last ready, and are not there now. A page that is lost may be the one that
 * says where the rows of many tables lie: they look as if they had never had any, or only their first ones, with all of
 * their indexes. Of most tables rows may also have been deleted since; so this speaks only when a table has fewer from
 * which none ever is, or none without lowering first what is known of it, and then of all tables.
 */
final class Shortfall {
    /** Those whose rows stay for ever, or go by age alone: see KnownRows. */
    private static final Set<String> KEPT = Set.of(
            "INCIDENT", "INBOX", "EVIDENCE", "STEP_LEDGER", "ACT_GE_PROPERTY", "ACT_RE_DEPLOYMENT", "ACT_RE_PROCDEF");

    private Shortfall() {}

    /** @return a sentence for each table that has fewer rows than were known; none when nothing speaks for a loss */
    static List<String> of(Schema known, Findings findings) {
        Map<String, Long> there = new TreeMap<>();
        findings.tables().forEach(table -> there.put(table.name(), table.rows()));
        Map<String, Long> had = new TreeMap<>(known.rows());
        had.entrySet().removeIf(table -> there.getOrDefault(table.getKey(), 0L) >= table.getValue());
        if (KEPT.stream().noneMatch(had::containsKey)) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>();
        had.forEach((table, rows) -> sentences.add(sentence(table, rows, there.getOrDefault(table, 0L))));
        return sentences;
    }

    private static String sentence(String table, long had, long has) {
        return has == 0
                ? "%s: all of its rows; it had %d when the program was last ready".formatted(table, had)
                : "%s: %d of its rows or more; it had %d when the program was last ready and has %d"
                        .formatted(table, had - has, had, has);
    }
}
