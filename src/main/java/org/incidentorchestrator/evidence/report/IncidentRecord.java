package org.incidentorchestrator.evidence.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.evidence.report.ReportedChange.Became;
import org.incidentorchestrator.evidence.report.Verification.Result;
import org.incidentorchestrator.incident.Incident;

/**
 * All that is known of an incident, as every section of its report reads it. Times are counted in its last episode: from
 * the last reopening on, where there was one.
 *
 * @param entries the timeline, in its order
 * @param changes what was proposed or made, in the order of their proposals
 * @param verifications in the order of their times
 * @param next what an open incident waits for, in sentences; empty for a closed one
 * @param asOf when all of this was read
 */
public record IncidentRecord(
        Incident incident,
        List<Recorded> entries,
        List<ReportedChange> changes,
        List<Verification> verifications,
        List<String> next,
        Instant asOf) {
    private static final Set<String> PLANNED = Set.of("deployment", "procedure");

    public IncidentRecord {
        entries = List.copyOf(entries);
        changes = List.copyOf(changes);
        verifications = List.copyOf(verifications);
        next = List.copyOf(next);
    }

    /** A change after which a verification held, and none failed any more. @param since since when it was well */
    record Mitigation(ReportedChange change, Instant since) {}

    Stream<Recorded> of(Kind... kinds) {
        List<Kind> wanted = Arrays.asList(kinds);
        return entries.stream().filter(entry -> wanted.contains(entry.kind()));
    }

    /** Of the last episode. */
    Stream<Recorded> now(Kind... kinds) {
        return of(kinds).filter(entry -> !entry.at().isBefore(received()));
    }

    Instant received() {
        return of(Kind.INCIDENT_REOPENED)
                .map(Recorded::at)
                .max(Comparator.naturalOrder())
                .orElse(incident.openedAt());
    }

    /** When the alert itself says that it began; none where nobody knows: what people declare began before they saw it. */
    Optional<Instant> alertBegan() {
        Instant received = received();
        Instant earliest = incident.reopened() == 0 ? Instant.MIN : incident.openedAt();
        return now(Kind.ALERT_RECEIVED, Kind.INCIDENT_REOPENED)
                .flatMap(entry -> instant(entry.details().get("startsAt")).stream())
                .filter(began -> !began.isAfter(received) && began.isAfter(earliest))
                .findFirst();
    }

    private static Optional<Instant> instant(Object text) {
        try {
            return Optional.ofNullable(text).map(Object::toString).map(Instant::parse);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /** What all times are counted from. */
    Instant detected() {
        return alertBegan().orElse(received());
    }

    Optional<Recorded> acknowledged() {
        return now(Kind.ACKNOWLEDGED).findFirst();
    }

    /** Work that somebody began, or the calendar: nothing was wrong. */
    boolean planned() {
        return of(Kind.INCIDENT_OPENED)
                .anyMatch(
                        entry -> PLANNED.contains(String.valueOf(entry.details().get("kind"))));
    }

    /** What was really changed, in the order in which it was made. */
    List<ReportedChange> made() {
        return changes.stream()
                .filter(change -> change.is(Became.APPLIED))
                .sorted(Comparator.comparing(ReportedChange::madeAt))
                .toList();
    }

    /**
     * The last word of the verifications between a change that was made and the next one: of those that could tell, where
     * there is one; none where nobody looked.
     */
    Optional<Verification> verified(ReportedChange change) {
        Instant next = made().stream()
                .map(ReportedChange::madeAt)
                .filter(change.madeAt()::isBefore)
                .findFirst()
                .orElse(Instant.MAX);
        return verifications.stream()
                .filter(look -> look.at().isAfter(change.madeAt()) && look.at().isBefore(next))
                .reduce((earlier, later) -> later.tells() || !earlier.tells() ? later : earlier);
    }

    Optional<Mitigation> mitigation() {
        Optional<Mitigation> found = Optional.empty();
        for (ReportedChange change : made()) {
            Optional<Verification> look =
                    verified(change).filter(one -> !one.at().isBefore(received()));
            if (look.filter(one -> one.result() == Result.FAILED).isPresent()) {
                found = Optional.empty();
            } else if (found.isEmpty()) {
                found = look.filter(Verification::held).map(one -> new Mitigation(change, one.since()));
            }
        }
        return found;
    }

    /** Since when it was well in this episode and has not been seen otherwise, whatever had made it well. */
    Optional<Instant> wellSince() {
        Instant since = null;
        for (Verification look : verifications) {
            boolean well = look.result() == Result.WELL && !look.at().isBefore(received());
            since = well ? (since == null ? look.since() : since) : look.tells() ? null : since;
        }
        return Optional.ofNullable(since);
    }
}
