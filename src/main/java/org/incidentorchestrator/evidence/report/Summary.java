package org.incidentorchestrator.evidence.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.evidence.report.ReportedChange.Became;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;

/** What was wrong, with what, how it was noticed, what was done and how it ended: in sentences that can be read out. */
final class Summary {
    private final IncidentRecord record;
    private final Incident incident;

    private Summary(IncidentRecord record) {
        this.record = record;
        this.incident = record.incident();
    }

    static String of(IncidentRecord record) {
        var summary = new Summary(record);
        return Markdown.heading(2, "Summary") + paragraph(summary.before()) + paragraph(summary.after());
    }

    private static String paragraph(List<String> sentences) {
        return Markdown.paragraph(
                sentences.stream().filter(sentence -> !sentence.isEmpty()).collect(Collectors.joining(" ")));
    }

    private List<String> before() {
        return List.of(wrong(), noticed(), cameBack(), about(), heldBack());
    }

    private List<String> after() {
        List<String> sentences = new ArrayList<>(List.of(taken(), worked()));
        causes(record).forEach(cause -> sentences.add("The diagnosis: " + Spoken.sentence(Markdown.text(cause))));
        sentences.addAll(List.of(done(), notKnown(), aborted(), ended()));
        return sentences;
    }

    private String wrong() {
        return "%s (%s): %s"
                .formatted(
                        Markdown.text(incident.key().toString()),
                        Spoken.word(incident.severity()),
                        Spoken.sentence(Markdown.text(incident.summary())));
    }

    private String noticed() {
        if (record.planned()) {
            return "It was planned work, begun at %s by %s."
                    .formatted(Spoken.moment(incident.openedAt()), who(incident.declaredBy()));
        }
        if (incident.declaredBy() != null && incident.reopened() == 0) {
            return "It was %s by %s at %s."
                    .formatted(
                            incident.exercise() ? "played" : "declared",
                            who(incident.declaredBy()),
                            Spoken.moment(incident.openedAt()));
        }
        return record.alertBegan()
                .map(began -> "Its alert began at %s and was received %s later."
                        .formatted(Spoken.moment(began), Spoken.length(began, record.received())))
                .orElseGet(() -> "It was noticed at %s; since when it was so is not known."
                        .formatted(Spoken.moment(record.received())));
    }

    private String cameBack() {
        return incident.reopened() == 0
                ? ""
                : "It had been closed before and was reopened (%s); what follows is timed from the last time, %s."
                        .formatted(Spoken.count(incident.reopened(), "time"), Spoken.moment(record.received()));
    }

    private String about() {
        return incident.foundTarget()
                .map(target -> "It is about " + Markdown.text(target.toString()) + ".")
                .orElse(record.planned() ? "" : "What it is about was not found in the cluster.");
    }

    private String heldBack() {
        return incident.heldUntil() == null
                ? ""
                : "It was kept from people until %s%s."
                        .formatted(
                                Spoken.moment(incident.heldUntil()),
                                incident.parent() == null
                                        ? ", by maintenance"
                                        : ", because it waited on " + incident.parent());
    }

    private String taken() {
        return record.acknowledged()
                .map(entry -> "%s took it after %s%s."
                        .formatted(
                                who(entry.actor()),
                                Spoken.length(record.detected(), entry.at()),
                                incident.takenBy()
                                        .filter(holder -> !holder.equals(entry.actor()))
                                        .map(holder -> "; " + who(holder) + " had it last")
                                        .orElse("")))
                .orElse("Nobody took it.");
    }

    private String worked() {
        return incident.runbook() == null
                ? "No runbook was chosen."
                : "The %s %s was worked."
                        .formatted(record.planned() ? "procedure" : "runbook", Markdown.text(incident.runbook()));
    }

    /** What the diagnosis has named, with its advice, without the facts that it was told from. */
    static List<String> causes(IncidentRecord record) {
        return record.now(Kind.NOTE)
                .filter(note -> note.details().containsKey("cause"))
                .map(Recorded::summary)
                .map(summary -> summary.replaceFirst(" Seen: .*$", ""))
                .distinct()
                .toList();
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

    private String aborted() {
        return incident.aborted()
                ? Spoken.sentence(Markdown.text(incident.abort().inWords()))
                : "";
    }

    private String ended() {
        if (incident.open()) {
            return "It is still open.";
        }
        return "It was closed at %s, %s after it was detected: %s%s."
                .formatted(
                        Spoken.moment(incident.closedAt()),
                        Spoken.length(record.detected(), incident.closedAt()),
                        Spoken.word(incident.outcome()),
                        Optional.ofNullable(incident.ending()).map(this::said).orElse(""));
    }

    private String said(Ending ending) {
        String reason = ending.reason() == null || ending.reason().isBlank() ? "" : ", “" + ending.reason() + "”";
        return " (%s: %s%s)".formatted(who(ending.by()), Spoken.word(ending.cause()), Markdown.text(reason));
    }

    private static String who(String actor) {
        return actor == null || actor.equals(Entry.SELF) ? "the program" : Markdown.text(actor);
    }
}
