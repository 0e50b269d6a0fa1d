package org.incidentorchestrator.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a part of the program keeps for a time, and removes when it is older. {@link Retention} asks each from time to time. */
public interface Retained {
    /** What it is, as people count it: {@code messages of the inbox}. */
    String what();

    /** For how long it is kept. */
    Duration keepFor();

    /** The tables that rows go from. */
    List<String> tables();

    /**
     * Removes the oldest first, in the caller's transaction.
     *
     * @param before what is older may go
     * @param most how many rows at most
     * @return how many rows went; fewer than {@code most} when there are no more
     */
    int remove(Instant before, int most);
}
