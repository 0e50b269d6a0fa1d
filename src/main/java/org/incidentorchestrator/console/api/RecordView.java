package org.incidentorchestrator.console.api;

import java.time.Instant;
import org.incidentorchestrator.evidence.RecordProof.KeptHead;
import org.incidentorchestrator.evidence.RecordProof.Place;
import org.incidentorchestrator.evidence.RecordProof.Proof;
import org.incidentorchestrator.evidence.Verdict;

/**
 * Whether the whole record is as it was sealed.
 *
 * @param sound whether all is well: intact, and the kept head is in the chain
 * @param entries how many sealed entries were looked at, if the chain is intact
 * @param head the hash of the last of them: keep it elsewhere, and have it compared
 * @param removed how many of the chain's beginning were removed by age, as a sealed entry says; left out for none
 * @param unsealed how many entries wait for their place in the chain
 * @param at the sequence number of the entry at which it shows, if something was changed
 * @param why what is wrong there
 * @param where that entry; left out when it is the one that is missing
 * @param keptHead the head that was given to be compared
 * @param keptHeadAt the sequence number of the entry that has it; left out when none has
 */
public record RecordView(
        boolean sound,
        Long entries,
        String head,
        Long removed,
        long unsealed,
        Long at,
        String why,
        EntryView where,
        String keptHead,
        Long keptHeadAt) {

    /** @param incident left out for an entry that belongs to none */
    public record EntryView(String incident, Instant at, String kind, String actor, String summary) {
        static EntryView of(Place place) {
            return new EntryView(
                    place.incident().isEmpty() ? null : place.incident(),
                    place.at(),
                    place.kind(),
                    place.actor(),
                    place.summary());
        }
    }

    public static RecordView of(Proof proof) {
        var intact = proof.verdict() instanceof Verdict.Intact found ? found : null;
        var broken = proof.verdict() instanceof Verdict.Broken found ? found : null;
        return new RecordView(
                proof.sound(),
                intact == null ? null : intact.entries(),
                intact == null ? null : intact.head(),
                intact == null ? null : VerdictView.removed(intact),
                proof.unsealed(),
                broken == null ? null : broken.at(),
                broken == null ? null : broken.why(),
                proof.place().map(EntryView::of).orElse(null),
                proof.kept().map(KeptHead::hash).orElse(null),
                proof.kept().flatMap(KeptHead::sequence).orElse(null));
    }
}
