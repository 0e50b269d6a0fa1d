package org.incidentorchestrator.evidence.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.report.ReportedChange.Became;

/** The sentences of the summary that say what was changed, whether it has helped, and of what that is not known. */
final class SummaryOfChanges {
    private final IncidentRecord record;

    private SummaryOfChanges(IncidentRecord record) {
        this.record = record;
    }

    /** One that has nothing to say is empty. */
    static List<String> of(IncidentRecord record) {
        var changes = new SummaryOfChanges(record);
        return List.of(changes.done(), changes.notKnown());
    }

    private String done() {
        List<ReportedChange> made = record.made();
        if (!made.isEmpty()) {
            String all =
                    made.stream().map(change -> Markdown.text(change.what())).collect(Collectors.joining("; then "));
            return "%s made: %s".formatted(were(made.size()), Spoken.sentence(all)) + helped(made);
        }
        long rehearsed = count(Became.REHEARSED);
        if (rehearsed > 0) {
            return "%s rehearsed; nothing was changed.".formatted(were(rehearsed));
        }
        return open() == 0 ? "Nothing was changed." : "";
    }

    /** What may have been made is not called nothing. */
    private String notKnown() {
        return open() == 0
                ? ""
                : "**Of %s it is not known whether %s made.**"
                        .formatted(Spoken.count(open(), "change"), open() == 1 ? "it was" : "they were");
    }

    private long open() {
        return count(Became.UNKNOWN) + count(Became.UNSETTLED);
    }

    private long count(Became became) {
        return record.changes().stream().filter(change -> change.is(became)).count();
    }

    private static String were(long number) {
        return Spoken.count(number, "change") + (number == 1 ? " was" : " were");
    }

    private String helped(List<ReportedChange> made) {
        Optional<IncidentRecord.Mitigation> mitigation = record.mitigation();
        if (mitigation.isEmpty()) {
            return " No verification has held after " + (made.size() == 1 ? "it." : "any of them.");
        }
        return made.size() == 1
                ? " The verification held after it."
                : " The verification held after “%s”."
                        .formatted(Markdown.text(mitigation.get().change().what()));
    }
}
