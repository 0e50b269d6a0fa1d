package org.incidentorchestrator.evidence;

/** Whether evidence is as it was sealed. */
public sealed interface Verdict {
    /**
     * @param entries how many were looked at
     * @param head the hash of the last of them; the same entries always have the same
     * @param removed how many of the chain's beginning were removed by age, as a sealed entry says
     */
    record Intact(long entries, String head, long removed) implements Verdict {}

    /** @param at the sequence number of the entry at which it shows */
    record Broken(long at, String why) implements Verdict {}
}
