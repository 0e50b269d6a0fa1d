package org.incidentorchestrator.evidence.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;

/** All that happened, a row each. Looks that saw the same again, without anything else in between, are one row. */
final class TimelineSection {
    private final IncidentRecord record;
    private final String evidence;

    private TimelineSection(IncidentRecord record, String evidence) {
        this.record = record;
        this.evidence = evidence;
    }

    /** @param evidence what the address of a kept output begins with, before its number */
    static String of(IncidentRecord record, String evidence) {
        String rows = new TimelineSection(record, evidence).rows();
        return Markdown.heading(2, "Timeline")
                + (rows.isEmpty()
                        ? Markdown.paragraph("Nothing is recorded.")
                        : Markdown.header("Time (UTC)", "Since detection", "Who", "What") + rows + "\n");
    }

    /** @param again when the same was seen again, last */
    private record Row(Recorded entry, int times, Instant again) {
        boolean repeatedBy(Recorded later) {
            return later.kind() == Kind.STEP_LOOKED
                    && entry.kind() == Kind.STEP_LOOKED
                    && later.activity().equals(entry.activity())
                    && later.summary().equals(entry.summary())
                    && later.artefacts().isEmpty();
        }

        Row with(Recorded later) {
            return new Row(entry, times + 1, later.at());
        }
    }

    private String rows() {
        List<Row> rows = new ArrayList<>();
        for (Recorded entry : record.entries()) {
            int last = rows.size() - 1;
            if (last >= 0 && rows.get(last).repeatedBy(entry)) {
                rows.set(last, rows.get(last).with(entry));
            } else {
                rows.add(new Row(entry, 1, entry.at()));
            }
        }
        return rows.stream().map(this::row).collect(Collectors.joining());
    }

    private String row(Row row) {
        Recorded entry = row.entry();
        String links = entry.artefacts().stream()
                .map(kept -> " [" + Markdown.text(kept.name()) + "](" + evidence + kept.number() + ")")
                .collect(Collectors.joining());
        String again = row.times() == 1
                ? ""
                : " (the same %d times, until %s)".formatted(row.times(), Spoken.clock(row.again(), record.received()));
        return Markdown.row(
                Spoken.clock(entry.at(), record.received()),
                Spoken.since(record.detected(), entry.at()),
                Markdown.text(entry.actor()),
                Markdown.text(entry.summary()) + again + links);
    }
}
