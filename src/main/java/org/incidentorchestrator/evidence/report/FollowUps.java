package org.incidentorchestrator.evidence.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;

/** What is left to do, as far as the record says it; nothing that is only thought of. */
final class FollowUps {
    private static final String MARK = "follow-up:";
    private static final String UNDO = "undoChange";
    private static final String ROTATE = "userTask_rotateAtSource";
    /** What stays as it is until somebody takes it back, and what takes it back. */
    private static final Map<String, String> TAKEN_BACK_BY = Map.of(
            "isolateWorkload", "restoreWorkload",
            "pauseSelfHeal", "resumeSelfHeal",
            "quarantinePod", "releaseQuarantine",
            "suspendCronJobs", "resumeCronJobs");

    private static final Set<String> BREACH = Set.of("isolateWorkload", "quarantinePod");

    private final IncidentRecord record;

    private FollowUps(IncidentRecord record) {
        this.record = record;
    }

    static String of(IncidentRecord record) {
        var found = new FollowUps(record);
        List<String> items = Stream.of(
                        found.noted(),
                        found.leases(),
                        found.inForce(),
                        found.glass(),
                        found.secrets(),
                        found.asked(),
                        found.untold(),
                        found.advice())
                .flatMap(List::stream)
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        return Markdown.heading(2, "Follow-ups") + Markdown.list(items, "None were recorded.");
    }

    private List<String> noted() {
        return record.of(Kind.NOTE)
                .filter(entry -> note(entry).toLowerCase(Locale.ROOT).startsWith(MARK))
                .map(entry -> Markdown.text(note(entry).substring(MARK.length()).strip()) + " (noted by "
                        + Markdown.text(entry.actor()) + ")")
                .toList();
    }

    private static String note(Recorded entry) {
        return String.valueOf(entry.details().getOrDefault("note", "")).strip();
    }

    private List<String> leases() {
        return record.made().stream()
                .filter(change -> change.until().isPresent() && !takenBack(change, UNDO))
                .map(change -> "Take back what was done until %s only: %s"
                        .formatted(
                                Spoken.moment(change.until().orElseThrow()),
                                Spoken.sentence(Markdown.text(change.what()))))
                .toList();
    }

    private List<String> inForce() {
        return record.made().stream()
                .filter(change -> TAKEN_BACK_BY.containsKey(change.step()))
                .filter(change -> !takenBack(change, TAKEN_BACK_BY.get(change.step())))
                .map(change ->
                        "Still in force, as far as this record knows: " + Spoken.sentence(Markdown.text(change.what())))
                .toList();
    }

    private boolean takenBack(ReportedChange change, String by) {
        return record.made().stream()
                .filter(later -> later.madeAt().isAfter(change.madeAt()))
                .filter(later -> later.step().equals(by) || later.step().equals(UNDO))
                .anyMatch(later -> touches(later, change.target()));
    }

    private static boolean touches(ReportedChange change, String target) {
        return change.target().equals(target)
                || change.parts().stream().anyMatch(part -> part.target().equals(target));
    }

    private List<String> glass() {
        Set<Long> reviewed =
                record.of(Kind.GLASS_REVIEWED).map(FollowUps::approval).collect(Collectors.toSet());
        return record.changes().stream()
                .filter(ReportedChange::brokeGlass)
                .flatMap(change -> change.secondPerson().stream())
                .filter(second -> !reviewed.contains(second.id()))
                .map(second -> "An approver has to review the broken glass: “" + Markdown.text(second.question()) + "”")
                .distinct()
                .toList();
    }

    /** Which request for approval an entry is about; 0 for none. */
    static long approval(Recorded entry) {
        return entry.details().get("approval") instanceof Number id ? id.longValue() : 0;
    }

    /** Whoever broke in may have read them: what is fetched anew from a source that was not rotated is theirs too. */
    private List<String> secrets() {
        boolean breach = record.made().stream().anyMatch(change -> BREACH.contains(change.step()));
        boolean rotated =
                record.of(Kind.DECIDED).anyMatch(entry -> entry.activity().equals(ROTATE));
        return breach && !rotated
                ? List.of("Rotate at the source what secrets its pods name: nobody has said that it was done.")
                : List.of();
    }

    private List<String> asked() {
        Set<Object> settled = record.of(Kind.PERSON_NOT_NEEDED)
                .map(entry -> entry.details().getOrDefault("subject", ""))
                .collect(Collectors.toSet());
        return record.of(Kind.PERSON_NEEDED)
                .filter(entry -> !settled.contains(entry.details().getOrDefault("subject", "")))
                .map(entry -> "A person was asked, see the task in Tasklist: "
                        + Spoken.sentence(Markdown.text(entry.summary())))
                .distinct()
                .toList();
    }

    /** Nobody hears of an exercise: that is meant so. */
    private List<String> untold() {
        return record.incident().exercise()
                ? List.of()
                : record.of(Kind.NOT_NOTIFIED)
                        .map(entry -> "Somebody was not told: " + Spoken.sentence(Markdown.text(entry.summary())))
                        .distinct()
                        .toList();
    }

    private List<String> advice() {
        return Summary.causes(record).stream()
                .map(cause -> "Advice of the runbook, " + Spoken.sentence(Markdown.text(cause)))
                .toList();
    }
}
