package org.incidentorchestrator.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.incident.Incident;

/**
 * An incident as a page of Markdown, for the review after it: what it was, how long it took, what was found, decided and
 * done, and the whole timeline. The same record makes the same page.
 */
public final class IncidentReport {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Set<Kind> DECISIONS = EnumSet.of(
            Kind.ACKNOWLEDGED,
            Kind.GIVEN_BACK,
            Kind.DECIDED,
            Kind.APPROVAL_ASKED,
            Kind.APPROVAL_DECIDED,
            Kind.APPROVAL_EXPIRED,
            Kind.GLASS_BROKEN,
            Kind.GLASS_REVIEWED,
            Kind.STEP_PROPOSED,
            Kind.INCIDENT_ENDED,
            Kind.RUN_ABORTED,
            Kind.GLOBAL_STOP);
    private static final Set<Kind> ATTEMPTS =
            EnumSet.of(Kind.STEP_APPLIED, Kind.STEP_REHEARSED, Kind.STEP_REFUSED, Kind.STEP_FAILED, Kind.STEP_UNKNOWN);

    private final Incident incident;
    private final List<Recorded> entries;
    private final Instant began;

    private IncidentReport(Incident incident, List<Recorded> entries) {
        this.incident = incident;
        this.entries = entries;
        this.began = entries.stream()
                .filter(entry -> entry.kind() == Kind.INCIDENT_REOPENED)
                .map(Recorded::at)
                .reduce((earlier, later) -> later)
                .orElse(incident.openedAt());
    }

    /**
     * @param entries the incident's timeline, in its order
     * @param next what an open incident waits for, in sentences; empty for a closed one
     */
    public static String of(Incident incident, List<Recorded> entries, List<String> next) {
        var report = new IncidentReport(incident, List.copyOf(entries));
        return "# %s: %s\n\n"
                        .formatted(
                                incident.number(), Markdown.text(incident.key().toString()))
                + report.summary()
                + next(next)
                + report.section("What was found", EnumSet.of(Kind.STEP_LOOKED), "Nothing was looked at.")
                + report.section("What was decided", DECISIONS, "Nothing was decided.")
                + report.commands()
                + report.section("Timeline", EnumSet.allOf(Kind.class), "Nothing is recorded.");
    }

    private static String next(List<String> sentences) {
        return sentences.isEmpty()
                ? ""
                : sentences.stream()
                        .map(sentence -> "- " + Markdown.text(sentence) + "\n")
                        .collect(Collectors.joining("", "## Now and next\n\n", "\n"));
    }

    private String summary() {
        return Markdown.header("", "")
                + Markdown.row("Alert", Markdown.text(incident.summary()))
                + Markdown.row("Severity", word(incident.severity()))
                + Markdown.row(
                        "About",
                        incident.foundTarget()
                                .map(target -> Markdown.text(target.toString()))
                                .orElse("not found in the cluster"))
                + Markdown.row(
                        "Runbook", incident.runbook() == null ? "not chosen yet" : Markdown.text(incident.runbook()))
                + Markdown.row("Opened", MINUTE.format(incident.openedAt()) + declared())
                + held()
                + (incident.reopened() == 0
                        ? ""
                        : Markdown.row("Reopened", incident.reopened() + " times, last " + MINUTE.format(began)))
                + Markdown.row("Time to acknowledge", acknowledged())
                + Markdown.row("Time to resolve", resolved())
                + aborted()
                + ending()
                + "\n";
    }

    private String declared() {
        return incident.declaredBy() == null ? "" : ", declared by " + Markdown.text(incident.declaredBy());
    }

    private String held() {
        return incident.heldUntil() == null
                ? ""
                : Markdown.row("Kept from people", "by maintenance, until " + MINUTE.format(incident.heldUntil()));
    }

    private String aborted() {
        return incident.aborted()
                ? Markdown.row("Run aborted", Markdown.text(incident.abort().inWords()))
                : "";
    }

    private String acknowledged() {
        return entries.stream()
                .filter(entry ->
                        entry.kind() == Kind.ACKNOWLEDGED && !entry.at().isBefore(began))
                .findFirst()
                .map(entry -> since(entry.at()) + ", by " + Markdown.text(entry.actor()))
                .orElse("nobody acknowledged it");
    }

    private String resolved() {
        return incident.open() ? "still open" : since(incident.closedAt()) + ", " + word(incident.outcome());
    }

    private String ending() {
        return Optional.ofNullable(incident.ending())
                .map(ending -> Markdown.row(
                        "Ended by",
                        Markdown.text(ending.by() + ": " + word(ending.cause())
                                + (ending.reason() == null || ending.reason().isEmpty()
                                        ? ""
                                        : ": " + ending.reason()))))
                .orElse("");
    }

    private String section(String title, Set<Kind> kinds, String none) {
        String rows = entries.stream()
                .filter(entry -> kinds.contains(entry.kind()))
                .map(this::row)
                .collect(Collectors.joining());
        return "## " + title + "\n\n"
                + (rows.isEmpty() ? none + "\n" : Markdown.header("Time (UTC)", "After", "Who", "What") + rows) + "\n";
    }

    private String row(Recorded entry) {
        String links = entry.artefacts().stream()
                .map(kept -> " [" + Markdown.text(kept.name()) + "](/api/incidents/" + incident.number() + "/evidence/"
                        + kept.number() + ")")
                .collect(Collectors.joining());
        return Markdown.row(
                CLOCK.format(entry.at()),
                since(entry.at()),
                Markdown.text(entry.actor()),
                Markdown.text(entry.summary()) + links);
    }

    /** To be copied into a shell; what became of each stands before it as a comment. */
    private String commands() {
        String lines = entries.stream()
                .filter(entry -> ATTEMPTS.contains(entry.kind()))
                .map(entry -> "# %s %s: %s\n"
                                .formatted(
                                        CLOCK.format(entry.at()),
                                        outcome(entry.kind()),
                                        Text.line(entry.summary(), 4000))
                        + Kubectl.lines(entry.details()).stream()
                                .map(line -> Text.line(line, 4000) + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
        return "## What was done\n\n" + (lines.isEmpty() ? "Nothing was changed.\n" : Markdown.code("sh", lines))
                + "\n";
    }

    private static String outcome(Kind kind) {
        return word(kind).replace("step ", "");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@code +1:02:03} */
    private String since(Instant at) {
        Duration passed = Duration.between(began, at);
        Duration length = passed.abs();
        return String.format(
                Locale.ROOT,
                "%s%d:%02d:%02d",
                passed.isNegative() ? "-" : "+",
                length.toHours(),
                length.toMinutesPart(),
                length.toSecondsPart());
    }
}
