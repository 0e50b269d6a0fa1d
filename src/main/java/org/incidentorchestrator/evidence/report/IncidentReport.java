package org.incidentorchestrator.evidence.report;

import org.incidentorchestrator.incident.Incident;

/**
 * An incident as a page of Markdown, for the review after it: what it was, what it cost, when what happened, what was
 * changed and by whose word, what did not help, what nobody knows, what is left to do, and all that happened. The same
 * record makes the same page.
 */
public final class IncidentReport {
    private IncidentReport() {}

    /**
     * @param evidence what the address of a kept output begins with, before its number:
     *     {@code /api/incidents/INC-1/evidence/}
     */
    public static String of(IncidentRecord record, String evidence) {
        return title(record.incident())
                + exercise(record.incident())
                + open(record)
                + Summary.of(record)
                + Impact.of(record)
                + Times.of(record)
                + Changes.of(record)
                + Tried.of(record)
                + Unknowns.of(record)
                + FollowUps.of(record)
                + TimelineSection.of(record, evidence);
    }

    private static String title(Incident incident) {
        return Markdown.heading(
                1,
                incident.stamp() + incident.number() + ": "
                        + Markdown.text(incident.key().toString()));
    }

    private static String exercise(Incident incident) {
        return incident.exercise()
                ? Markdown.paragraph(
                        "**EXERCISE.** Nobody was paged or told outside of Tasklist, and it counts in no figure.")
                : "";
    }

    private static String open(IncidentRecord record) {
        return record.incident().open()
                ? Markdown.paragraph("**Still open**, as of " + Spoken.moment(record.asOf())
                                + ": this page is not the last word. What happens next:")
                        + Markdown.list(
                                record.next().stream().map(Markdown::text).toList(), "Nothing that is known.")
                : "";
    }
}
