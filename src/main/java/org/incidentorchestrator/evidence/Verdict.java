package org.incidentorchestrator.evidence;

/** Whether evidence is as it was sealed. */
public sealed interface Verdict {
    /**
     * @param entries how many were looked at
     * @param head the hash of the last of them; the same entries always have the same
     */
    record Intact(long entries, String head) implements Verdict {}

    /** @param at the sequence number of the entry at which it shows */
    record Broken(long at, String why) implements Verdict {}
}
