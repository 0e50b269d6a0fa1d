package org.incidentorchestrator.evidence.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.report.ReportedChange.Decision;
import org.incidentorchestrator.evidence.report.ReportedChange.Part;
import org.incidentorchestrator.evidence.report.ReportedChange.SecondPerson;

/** Every change with what became of it, who decided and approved it, its commands and its diff; then what was proposed only. */
final class Changes {
    /** A decision and its entry are of one transaction. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

    private final IncidentRecord record;

    private Changes(IncidentRecord record) {
        this.record = record;
    }

    static String of(IncidentRecord record) {
        return new Changes(record).section();
    }

    private String section() {
        List<ReportedChange> sent = record.changes().stream()
                .filter(change -> !change.parts().isEmpty())
                .toList();
        var text = new StringBuilder(Markdown.heading(2, "Changes"));
        if (sent.isEmpty()) {
            text.append(Markdown.paragraph("Nothing was changed."));
        }
        for (int number = 1; number <= sent.size(); number++) {
            text.append(change(number, sent.get(number - 1)));
        }
        return text + onlyProposed();
    }

    private String change(int number, ReportedChange change) {
        List<String> facts = new ArrayList<>();
        change.parts().forEach(part -> facts.add(part(change, part)));
        if (!decidedByApproval(change)) {
            facts.add(decided(change));
        }
        change.secondPerson().ifPresent(second -> facts.addAll(SecondPersonSentences.of(second, record)));
        verified(change).ifPresent(facts::add);
        change.until().ifPresent(until -> facts.add("For the time being: until " + Spoken.moment(until) + "."));
        return Markdown.heading(3, number + "\\. " + Markdown.text(change.what()))
                + Markdown.list(facts, "")
                + Markdown.code("sh", change.kubectl())
                + Markdown.code("diff", change.diff());
    }

    private String part(ReportedChange change, Part part) {
        String where = change.parts().size() == 1 ? "" : Markdown.text(part.target()) + ": ";
        String note = part.note().isBlank() ? "" : ": " + Markdown.text(part.note());
        String at = Spoken.moment(part.at());
        return where
                + Spoken.sentence(
                        switch (part.became()) {
                            case APPLIED -> "Made at " + at;
                            case REHEARSED -> "Rehearsed at " + at + "; nothing was changed";
                            case ABANDONED -> "Not made: its run had ended before, at " + at;
                            case FAILED -> "Not made, refused at " + at + note;
                            case UNSETTLED -> "Begun at " + at + "; what became of it is not known yet";
                            case UNKNOWN -> "**Not known whether it was made**, since " + at + note;
                        });
    }

    /** Then it is told once, with the reason. */
    private static boolean decidedByApproval(ReportedChange change) {
        return change.secondPerson()
                .flatMap(SecondPerson::answer)
                .filter(answer -> change.decision()
                        .filter(decision -> decision.by().equals(answer.by()))
                        .isPresent())
                .isPresent();
    }

    private String decided(ReportedChange change) {
        return change.decision()
                .map(decision -> decision.by().equals(Entry.SELF)
                        ? "Decided by nobody: made **unattended**, as the decision table allows."
                        : "Decided by %s at %s%s."
                                .formatted(
                                        Markdown.text(decision.by()),
                                        Spoken.moment(decision.at()),
                                        note(decision)
                                                .map(why -> ": “" + Markdown.text(why) + "”")
                                                .orElse("")))
                .orElse("Decided by nobody: this step needs no decision.");
    }

    /** What the person wrote beside the decision. */
    private Optional<String> note(Decision decision) {
        return record.of(Kind.DECIDED)
                .filter(entry -> entry.actor().equals(decision.by()))
                .filter(entry ->
                        Duration.between(decision.at(), entry.at()).abs().compareTo(SAME_MOMENT) <= 0)
                .map(entry -> String.valueOf(entry.details().getOrDefault("note", "")))
                .filter(note -> !note.isBlank())
                .findFirst();
    }

    private Optional<String> verified(ReportedChange change) {
        if (!change.is(ReportedChange.Became.APPLIED)) {
            return Optional.empty();
        }
        return Optional.of(record.verified(change)
                .map(look -> switch (look.result()) {
                    case WELL, CONTAINED ->
                        "The verification held: " + Spoken.word(look.result()) + " since "
                                + Spoken.moment(look.since()) + ", seen at "
                                + Spoken.moment(look.at()) + ".";
                    case FAILED -> "The verification **did not hold**, at " + Spoken.moment(look.at()) + ".";
                    case UNKNOWN -> "The verification could not tell, at " + Spoken.moment(look.at()) + ".";
                })
                .orElse("No verification followed it before the next change."));
    }

    private String onlyProposed() {
        List<String> items = record.changes().stream()
                .filter(change -> change.parts().isEmpty())
                .map(change -> Spoken.sentence(Markdown.text(change.what())) + " " + why(change))
                .toList();
        return items.isEmpty() ? "" : Markdown.heading(3, "Proposed, and not made") + Markdown.list(items, "");
    }

    private String why(ReportedChange change) {
        Optional<String> second =
                change.secondPerson().flatMap(SecondPerson::answer).map(SecondPersonSentences::answer);
        return second.or(() -> change.decision().map(decision -> (decision.accepted()
                                ? "Accepted by %s at %s, and not made%s."
                                : "Declined by %s at %s%s.")
                        .formatted(
                                Markdown.text(decision.by()),
                                Spoken.moment(decision.at()),
                                note(decision)
                                        .map(why -> ": “" + Markdown.text(why) + "”")
                                        .orElse(""))))
                .orElse("Nobody decided on it.");
    }
}
