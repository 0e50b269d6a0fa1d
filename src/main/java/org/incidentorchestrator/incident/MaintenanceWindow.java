package org.incidentorchestrator.incident;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which somebody works on something: its alerts are kept, and page nobody and run nothing before it ends.
 *
 * @param workload its name, or {@code *} for everything in the namespace
 * @param from the first moment, and {@code until} the first one after it
 * @param by the user id of whoever declared it
 * @param endedAt when somebody ended it early; null else
 */
public record MaintenanceWindow(
        long id,
        String namespace,
        String workload,
        Instant from,
        Instant until,
        String by,
        String reason,
        Instant endedAt) {
    /** Every workload of a namespace. */
    public static final String ALL = "*";

    public boolean covers(IncidentKey key) {
        return namespace.equals(key.namespace()) && (workload.equals(ALL) || workload.equals(key.workload()));
    }

    public boolean holdsAt(Instant now) {
        return endedAt == null && !now.isBefore(from) && now.isBefore(until);
    }

    public Optional<Instant> ended() {
        return Optional.ofNullable(endedAt);
    }

    /** {@code shop/cart}, {@code shop/*}. */
    public String where() {
        return namespace + "/" + workload;
    }
}
