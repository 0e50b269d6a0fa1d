package org.incidentorchestrator.step;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Somebody has stopped every change, everywhere; people are paged as ever. */
public record Stop(String by, String reason, Instant at) {
    /** The word in logs, metrics and screens for what it refuses. */
    public static final String REASON = "globalStop";

    public static final String REMEDY = "Ask them; l3, l4 or an administrator lifts the stop: GET /api/stop says more.";

    /** For people: who, when, why. */
    public String inWords() {
        return "%s stopped every change at %s: %s".formatted(by, at.truncatedTo(ChronoUnit.SECONDS), reason);
    }
}
