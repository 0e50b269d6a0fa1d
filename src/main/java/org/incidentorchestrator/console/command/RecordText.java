package org.incidentorchestrator.console.command;

import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.console.api.RecordView;
import org.incidentorchestrator.console.api.RecordView.EntryView;

/** What a look at the record found, in lines for people. */
final class RecordText {
    private RecordText() {}

    static List<String> of(RecordView found) {
        List<String> lines = new ArrayList<>();
        if (found.why() == null) {
            lines.add("The record is as it was sealed: %d entries.".formatted(found.entries()));
            lines.add("Head: " + found.head());
            if (found.removed() != null) {
                lines.add("The %d entries before them were removed by age, as a sealed entry says."
                        .formatted(found.removed()));
            }
        } else {
            lines.add("The record was changed at entry %d: %s.".formatted(found.at(), found.why()));
            if (found.where() != null) {
                lines.add("  " + entry(found.where()));
            }
            lines.add("What comes after it is not looked at. Compare with a back-up; keep this database as it is.");
        }
        if (found.unsealed() > 0) {
            lines.add("%d newer entries wait for their seal, and were not looked at.".formatted(found.unsealed()));
        }
        if (found.keptHead() != null) {
            lines.add(
                    found.keptHeadAt() == null
                            ? "The head that was kept is not in it: entries were cut off, or the chain"
                                    + " was written anew; or it is older than what is kept."
                            : "The head that was kept is that of entry %d.".formatted(found.keptHeadAt()));
        }
        return lines;
    }

    private static String entry(EntryView entry) {
        return "%s%s %s by %s: %s"
                .formatted(
                        entry.at(),
                        entry.incident() == null ? "" : " " + entry.incident(),
                        entry.kind(),
                        entry.actor(),
                        entry.summary());
    }
}
