package org.incidentorchestrator.runbook;

import java.time.Duration;
import java.time.Instant;

/** The clock that a ladder goes by. */
@FunctionalInterface
interface PagingTime {
    /** It never stands still. */
    PagingTime ALWAYS = Instant::plus;

    /** When so much time has passed on it; for no time the same instant, or the one at which it goes on. */
    Instant after(Instant from, Duration time);
}
