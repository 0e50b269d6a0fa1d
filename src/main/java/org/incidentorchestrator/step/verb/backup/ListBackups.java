package org.incidentorchestrator.step.verb.backup;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists the back-ups that lie on this machine, says whether another one would have room, and names the namespace that is
 * next: a model takes one namespace after the other. Asks the disk alone, so that it also answers when the cluster is
 * gone.
 */
@RunbookLines({"B01", "B02"})
@Component
final class ListBackups implements Step<ListBackups.Input, ListBackups.Output> {
    private final BackupSettings settings;
    private final ClusterSettings ours;

    ListBackups(BackupSettings settings, ClusterSettings ours) {
        this.settings = settings;
        this.ours = ours;
    }

    /**
     * @param namespace the only one that is meant; null or empty for all of {@code cluster.namespaces}
     * @param after the namespace that was taken last; null or empty at first
     * @param takenBefore only back-ups that were taken before this time, ISO 8601; null or empty for any
     */
    record Input(@Nullable String namespace, @Nullable String after, @Nullable String takenBefore) {}

    /**
     * @param nextNamespace the one after {@code after}; empty when that was the last
     * @param backup the newest whole one of it; empty when there is none
     * @param ageHours of it, -1 without one
     * @param without how many of the namespaces have no whole back-up
     * @param place ready, noRoom, notWritable: whether another back-up can be written
     * @param secrets encrypted, noRecipients: what becomes of the secrets in it
     * @param clusterName of the cluster that {@code backup} was taken of; without one what {@code cluster.context} says, which
     *     may be empty
     */
    record Output(
            String nextNamespace,
            String backup,
            int ageHours,
            int namespaces,
            int without,
            String place,
            String secrets,
            String clusterName,
            String backupsText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        List<String> namespaces = namespaces(in.namespace);
        Instant before = before(in.takenBefore, context.plannedAt());
        TreeMap<String, List<Backup>> shelves = new TreeMap<>();
        namespaces.forEach(each -> shelves.put(each, shelf(each, before)));
        String next = next(namespaces, in.after);
        Optional<Backup> newest = next.isEmpty() ? Optional.empty() : whole(shelves.get(next));
        Room room = Room.in(settings.path(), settings.minFree());
        Output output = new Output(
                next,
                newest.map(Backup::id).orElse(""),
                newest.map(backup -> hours(backup, context.plannedAt())).orElse(-1),
                namespaces.size(),
                (int) shelves.values().stream()
                        .filter(each -> whole(each).isEmpty())
                        .count(),
                room.word(),
                settings.recipients().isEmpty() ? "noRecipients" : "encrypted",
                newest.flatMap(Backup::manifest)
                        .map(manifest -> manifest.cluster().context())
                        .orElse(""),
                Line.of(text(shelves, room, context.plannedAt()), Line.MODEL));
        return Plan.look("Listed back-ups: " + output.backupsText, output)
                .keeping(Artefact.text("backups.txt", settings.folder(), table(shelves, context.plannedAt())));
    }

    private List<String> namespaces(String only) {
        if (only == null || only.isEmpty()) {
            return ours.namespaces();
        }
        if (!ours.allows(only)) {
            throw StepFailure.refused(
                    "namespaceNotOurs",
                    "The back-ups of namespace '" + Line.of(only, 80)
                            + "' are not looked at: it is none of cluster.namespaces " + ours.namespaces() + ".",
                    "Name one of these, or add it to the setting.");
        }
        return List.of(only);
    }

    private static Instant before(String time, Instant now) {
        try {
            return time == null || time.isBlank() ? now.plus(Duration.ofDays(1)) : Instant.parse(time.strip());
        } catch (DateTimeParseException e) {
            throw StepFailure.refused(
                    "notATime",
                    "'" + Line.of(time, 80) + "' is no time that a back-up could have been taken before.",
                    "Write it as in 2026-11-24T03:00:00Z, or leave it empty for the newest.");
        }
    }

    private static String next(List<String> namespaces, String after) {
        int at = after == null || after.isEmpty() ? 0 : namespaces.indexOf(after) + 1;
        return at < namespaces.size() ? namespaces.get(at) : "";
    }

    private List<Backup> shelf(String namespace, Instant before) {
        try {
            return new Shelf(settings, namespace)
                    .all().stream()
                            .filter(backup -> backup.taken().isBefore(before))
                            .toList();
        } catch (IOException e) {
            throw Shelf.notReadable(settings, e);
        }
    }

    private static Optional<Backup> whole(List<Backup> shelf) {
        return shelf.stream().filter(backup -> backup.manifest().isPresent()).findFirst();
    }

    private static int hours(Backup backup, Instant now) {
        return (int) Duration.between(backup.taken(), now).toHours();
    }

    private static String text(TreeMap<String, List<Backup>> shelves, Room room, Instant now) {
        StringBuilder text = new StringBuilder();
        shelves.forEach((namespace, shelf) -> text.append(whole(shelf)
                        .map(backup -> "%s (%d h old, of %d)".formatted(backup.id(), hours(backup, now), shelf.size()))
                        .orElse("none of " + namespace))
                .append("; "));
        return text + room.text();
    }

    private static String table(TreeMap<String, List<Backup>> shelves, Instant now) {
        Table table = Table.of("BACK-UP", "HOURS", "OBJECTS", "SECRETS", "STATE");
        shelves.values().stream()
                .flatMap(List::stream)
                .forEach(backup -> table.row(
                        backup.id(),
                        String.valueOf(hours(backup, now)),
                        backup.manifest()
                                .map(each -> String.valueOf(each.objects()))
                                .orElse(""),
                        backup.manifest().map(each -> each.secrets().word).orElse(""),
                        backup.damage().orElse(backup.good() ? "whole" : "not complete")));
        return table.toString();
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of();
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
