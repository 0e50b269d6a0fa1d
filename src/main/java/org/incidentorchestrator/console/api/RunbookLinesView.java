package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.runbook.RunbookLineUse.Use;

/** The lines of the written runbook, in its order. */
record RunbookLinesView(List<LineView> lines) {

    /** @param elements how many carry it out @param uses how often they were passed @param lastUsedAt left out for never */
    record LineView(String id, String text, int elements, long uses, Instant lastUsedAt) {
        private static LineView of(Use use) {
            return new LineView(
                    use.line(),
                    use.text(),
                    use.elements(),
                    use.uses(),
                    use.lastUsedAt().orElse(null));
        }
    }

    static RunbookLinesView of(List<Use> uses) {
        return new RunbookLinesView(uses.stream().map(LineView::of).toList());
    }
}
