package org.incidentorchestrator.console.api;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.evidence.report.IncidentRecord;
import org.incidentorchestrator.evidence.report.Verification;
import org.incidentorchestrator.evidence.report.Verification.Result;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.step.EffectHistory;
import org.incidentorchestrator.step.RecordedVerification;
import org.springframework.stereotype.Component;

/** All that is known of an incident, read for its report. */
@Component
final class IncidentRecords {
    private static final int MOST_ENTRIES = 20_000;

    private final Timeline timeline;
    private final ReportedChanges changes;
    private final EffectHistory history;
    private final WhatNext next;
    private final Clock clock;

    IncidentRecords(Timeline timeline, ReportedChanges changes, EffectHistory history, WhatNext next, Clock clock) {
        this.timeline = timeline;
        this.changes = changes;
        this.history = history;
        this.next = next;
        this.clock = clock;
    }

    IncidentRecord of(Incident incident) {
        return new IncidentRecord(
                incident,
                timeline.of(incident.number(), 0, MOST_ENTRIES),
                changes.of(incident.number()),
                history.verifications(incident.number()).stream()
                        .flatMap(IncidentRecords::verification)
                        .toList(),
                incident.open() ? next.of(incident).inWords() : List.of(),
                clock.instant());
    }

    /** What is not told yet is none. */
    private static Stream<Verification> verification(RecordedVerification look) {
        return switch (look.word()) {
            case "recovered" -> Stream.of(since(look, Result.WELL));
            case "isolated" -> Stream.of(since(look, Result.CONTAINED));
            case "failed" -> Stream.of(new Verification(look.at(), Result.FAILED, look.at()));
            case "unknown" -> Stream.of(new Verification(look.at(), Result.UNKNOWN, look.at()));
            default -> Stream.empty();
        };
    }

    private static Verification since(RecordedVerification look, Result result) {
        return new Verification(look.at(), result, look.since().orElse(look.at()));
    }
}
