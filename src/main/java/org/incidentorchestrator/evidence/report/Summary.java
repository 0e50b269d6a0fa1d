package org.incidentorchestrator.evidence.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
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
        return Markdown.heading(2, "Summary") + paragraph(SummaryOfBeginning.of(record)) + paragraph(summary.after());
    }

    private static String paragraph(List<String> sentences) {
        return Markdown.paragraph(
                sentences.stream().filter(sentence -> !sentence.isEmpty()).collect(Collectors.joining(" ")));
    }

    private List<String> after() {
        List<String> sentences = new ArrayList<>(List.of(taken(), worked()));
        causes(record).forEach(cause -> sentences.add("The diagnosis: " + Spoken.sentence(Markdown.text(cause))));
        sentences.addAll(SummaryOfChanges.of(record));
        sentences.addAll(List.of(aborted(), ended()));
        return sentences;
    }

    private String taken() {
        return record.acknowledged()
                .map(entry -> "%s took it after %s%s."
                        .formatted(
                                Spoken.who(entry.actor()),
                                Spoken.length(record.detected(), entry.at()),
                                incident.takenBy()
                                        .filter(holder -> !holder.equals(entry.actor()))
                                        .map(holder -> "; " + Spoken.who(holder) + " had it last")
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
        return " (%s: %s%s)".formatted(Spoken.who(ending.by()), Spoken.word(ending.cause()), Markdown.text(reason));
    }
}
