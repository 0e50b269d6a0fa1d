package org.incidentorchestrator.approval.paging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.Escalation;
import org.incidentorchestrator.runbook.Ladder;
import org.springframework.stereotype.Component;

/** Who is paged when, in words: {@code L2 Senior Platform Engineer at 03:15:00 UTC, …} (runbook K01–K04). */
@Component
public class PagingSchedule {
    private static final List<String> TITLES = List.of(
            "L1 Platform Engineer", "L2 Senior Platform Engineer", "L3 Platform Architect", "L4 CTO", "everybody");
    private static final DateTimeFormatter CLOCK = clock("HH:mm:ss 'UTC'");
    private static final DateTimeFormatter DAY = clock("EEE d MMM HH:mm:ss 'UTC'");

    private final Escalation escalation;

    public PagingSchedule(Escalation escalation) {
        this.escalation = escalation;
    }

    public static String title(int level) {
        return TITLES.get(level - 1);
    }

    static String titles(List<Integer> levels) {
        return levels.stream().map(PagingSchedule::title).collect(Collectors.joining(" and "));
    }

    /** Who is paged from now on, as if nobody took it. */
    String of(Incident incident) {
        Ladder ladder = escalation.ladder(incident);
        Ladder.Due next = ladder.next();
        String following =
                ladder.following().stream().map(due -> due(incident, due)).collect(Collectors.joining(", "));
        String first = next.level() == incident.level() ? due(incident, next) : "";
        String all = first.isEmpty() || following.isEmpty() ? first + following : first + ", " + following;
        return all + ", again and again"
                + escalation
                        .hours(incident)
                        .map(hours -> " (" + hours + " only)")
                        .orElse("");
    }

    private static String due(Incident incident, Ladder.Due due) {
        return title(due.level()) + " at " + moment(incident, due.at());
    }

    /** One line for a task: what is wrong on which service, and what happens if nobody does anything. */
    String card(Incident incident) {
        return "%s%s (%s). %s".formatted(incident.stamp(), incident.summary(), incident.key(), nextInWords(incident));
    }

    /** What happens if nobody does anything, as a sentence. */
    public String nextInWords(Incident incident) {
        return nextInWords(List.of(incident)).get(incident.number());
    }

    /** The same of many, at the price of one. */
    public Map<IncidentNumber, String> nextInWords(Collection<Incident> incidents) {
        Map<IncidentNumber, Instant> silentAt = escalation.silentAt(incidents);
        return incidents.stream()
                .collect(Collectors.toMap(
                        Incident::number, incident -> nextInWords(incident, silentAt.get(incident.number()))));
    }

    private String nextInWords(Incident incident, Instant silentAt) {
        if (incident.takenBy().isPresent()) {
            return incident.endedByPerson()
                    ? incident.acknowledgedBy() + " has ended it."
                    : "%s has it; given back if nothing is heard of anybody until %s."
                            .formatted(incident.acknowledgedBy(), moment(incident, silentAt));
        }
        return (incident.exercise() ? "Nobody is paged; next would be: " : "Paged next: ")
                + due(incident, escalation.ladder(incident).next())
                + escalation
                        .hours(incident)
                        .map(hours -> " (a warning pages in hours only: " + hours + ")")
                        .orElse("")
                + ".";
    }

    /** With the day where that is not the one on which the ladder was armed. */
    private static String moment(Incident incident, Instant at) {
        boolean sameDay = at.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .equals(incident.ladderArmedAt().atOffset(ZoneOffset.UTC).toLocalDate());
        return (sameDay ? CLOCK : DAY).format(at);
    }

    private static DateTimeFormatter clock(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
