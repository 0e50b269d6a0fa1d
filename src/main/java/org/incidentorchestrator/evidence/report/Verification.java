package org.incidentorchestrator.evidence.report;

import java.time.Instant;

/**
 * What a look said that was taken to see whether all is well again, or whether what should be cut off is.
 *
 * @param at when it was taken
 * @param since since when it had been so by then; the same as {@code at} where nothing says since when
 */
public record Verification(Instant at, Result result, Instant since) {
    public enum Result {
        WELL,
        /** Cut off, as it should be: that helps, and makes nothing well. */
        CONTAINED,
        FAILED,
        /** Nobody could tell. */
        UNKNOWN
    }

    boolean held() {
        return result == Result.WELL || result == Result.CONTAINED;
    }

    /** Of what failed, or was not to be told, the next look may say more. */
    boolean tells() {
        return result != Result.UNKNOWN;
    }
}
