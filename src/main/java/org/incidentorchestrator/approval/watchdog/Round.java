package org.incidentorchestrator.approval.watchdog;

import java.time.Instant;
import java.util.List;

/**
 * What the watchdog knows.
 *
 * @param at when it last asked all its questions and had an answer to each
 * @param found what was wrong then
 * @param confirmed what of it was wrong in the round before too: no moment between two transactions
 */
record Round(Instant at, List<Finding> found, List<Finding> confirmed) {
    Round {
        found = List.copyOf(found);
        confirmed = List.copyOf(confirmed);
    }

    static Round none(Instant start) {
        return new Round(start, List.of(), List.of());
    }

    Round next(Instant now, List<Finding> seen) {
        return new Round(
                now,
                seen,
                seen.stream().filter(each -> found.stream().anyMatch(each::is)).toList());
    }

    boolean well() {
        return found.isEmpty();
    }
}
