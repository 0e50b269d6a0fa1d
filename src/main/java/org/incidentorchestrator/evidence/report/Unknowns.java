package org.incidentorchestrator.evidence.report;

import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.evidence.report.ReportedChange.Became;
import org.incidentorchestrator.evidence.report.Verification.Result;

/** What the record does not know, said in so many words. */
final class Unknowns {
    private Unknowns() {}

    static String of(IncidentRecord record) {
        List<String> items = new ArrayList<>();
        record.changes().stream()
                .filter(change -> change.is(Became.UNKNOWN) || change.is(Became.UNSETTLED))
                .forEach(change -> items.add("Whether this was made: " + Spoken.sentence(Markdown.text(change.what()))
                        + change.worst()
                                .filter(part -> !part.note().isBlank())
                                .map(part -> " " + Spoken.sentence(Markdown.text(part.note())))
                                .orElse("")));
        record.verifications().stream()
                .filter(look -> look.result() == Result.UNKNOWN)
                .forEach(look -> items.add(
                        "Whether all was well at " + Spoken.moment(look.at()) + ": the verification could not tell."));
        return Markdown.heading(2, "What is not known")
                + Markdown.list(items, "Of no change and of no verification is the outcome unknown.");
    }
}
