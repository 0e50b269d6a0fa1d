package org.incidentorchestrator.console.api;

import org.incidentorchestrator.console.api.RecordView.EntryView;
import org.incidentorchestrator.evidence.RecordProof.Proof;
import org.incidentorchestrator.evidence.Verdict;

/**
 * @param entries how many sealed entries were looked at, if all is well
 * @param head the hash of the last of them: keep it elsewhere, and compare
 * @param removed how many of the chain's beginning were removed by age, as a sealed entry says; left out for none
 * @param at the sequence number of the entry at which it shows, if something was changed
 * @param why what is wrong there
 * @param where that entry; left out when it is the one that is missing
 */
record VerdictView(boolean intact, Long entries, String head, Long removed, Long at, String why, EntryView where) {
    static VerdictView of(Proof proof) {
        if (proof.verdict() instanceof Verdict.Intact intact) {
            return new VerdictView(true, intact.entries(), intact.head(), removed(intact), null, null, null);
        }
        var broken = (Verdict.Broken) proof.verdict();
        return new VerdictView(
                false,
                null,
                null,
                null,
                broken.at(),
                broken.why(),
                proof.place().map(EntryView::of).orElse(null));
    }

    static Long removed(Verdict.Intact intact) {
        return intact.removed() == 0 ? null : intact.removed();
    }
}
