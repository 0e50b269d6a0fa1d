package org.incidentorchestrator.evidence.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.evidence.report.ReportedChange.Became;
import org.incidentorchestrator.evidence.report.Verification.Result;

/** What did not help, and what could not be done: so that nobody tries it again without knowing. */
final class Tried {
    private final IncidentRecord record;

    private Tried(IncidentRecord record) {
        this.record = record;
    }

    static String of(IncidentRecord record) {
        var tried = new Tried(record);
        List<String> items = new ArrayList<>(tried.withoutHelp());
        items.addAll(tried.refused());
        return Markdown.heading(2, "What was tried and did not help")
                + Markdown.list(items, "Nothing that is on the record.");
    }

    private List<String> withoutHelp() {
        Stream<String> made = record.made().stream()
                .filter(change -> record.verified(change)
                        .filter(look -> look.result() == Result.FAILED)
                        .isPresent())
                .map(change -> Spoken.sentence(Markdown.text(change.what()))
                        + " It was made, and the verification did not hold.");
        Stream<String> failed = record.changes().stream()
                .filter(change -> change.is(Became.FAILED) || change.is(Became.ABANDONED))
                .map(change -> Spoken.sentence(Markdown.text(change.what())) + " It was not made"
                        + change.worst()
                                .map(part -> part.note().isBlank()
                                        ? "."
                                        : ": " + Spoken.sentence(Markdown.text(part.note())))
                                .orElse("."));
        return Stream.concat(made, failed).toList();
    }

    /** Of what was refused over and over the sentence stands once. */
    private List<String> refused() {
        Map<String, Integer> times = new LinkedHashMap<>();
        record.of(Kind.STEP_REFUSED, Kind.STEP_FAILED)
                .filter(entry -> !entry.details().containsKey("state"))
                .map(Tried::told)
                .forEach(told -> times.merge(told, 1, Integer::sum));
        return times.entrySet().stream()
                .map(told -> told.getKey() + (told.getValue() == 1 ? "" : " (%d times)".formatted(told.getValue())))
                .toList();
    }

    private static String told(Recorded entry) {
        String step = Markdown.text(String.valueOf(entry.details().getOrDefault("step", "A step")));
        String word = entry.kind() == Kind.STEP_REFUSED ? " was refused: " : " failed: ";
        return step + word + Spoken.sentence(Markdown.text(entry.summary()));
    }
}
