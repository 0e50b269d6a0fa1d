package org.incidentorchestrator.step.verb.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.step.StepFailure;
import org.springframework.util.FileSystemUtils;

/** The back-ups of one namespace: a folder each, named by its time in UTC. */
final class Shelf {
    /** Younger ones without a manifest may just be written by another program. */
    private static final Duration WRITTEN_WITHIN = Duration.ofHours(1);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSX").withZone(ZoneOffset.UTC);

    private final BackupSettings settings;
    private final String namespace;
    private final Path folder;

    Shelf(BackupSettings settings, String namespace) {
        this.settings = settings;
        this.namespace = namespace;
        this.folder = settings.path().resolve(namespace);
    }

    Path folder() {
        return folder;
    }

    /** A folder for one that is taken now. */
    Path begin(Instant now) throws IOException {
        SafeFile.makeFolder(folder);
        Path begun = folder.resolve(TIME.format(now));
        FileSystemUtils.deleteRecursively(begun.resolveSibling("." + begun.getFileName()));
        SafeFile.makeFolder(begun);
        SafeFile.force(folder);
        return begun;
    }

    String id(Path backup) {
        return namespace + "/" + backup.getFileName();
    }

    /** Why nothing can be said of the back-ups. */
    static StepFailure notReadable(BackupSettings settings, IOException why) {
        return StepFailure.refused(
                "backupsNotReadable",
                "The back-ups in " + settings.folder() + " (backup.folder) cannot be listed: " + why + ".",
                "Give the folder back to the account that this program runs as.");
    }

    /** The newest first, also those that were cut off. */
    List<Backup> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.flatMap(child -> read(child).stream())
                    .sorted(Comparator.comparing(Backup::taken).reversed())
                    .toList();
        }
    }

    private Optional<Backup> read(Path child) {
        try {
            Instant taken = Instant.from(TIME.parse(child.getFileName().toString()));
            return Optional.of(new Backup(id(child), child, taken, manifest(child)));
        } catch (DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }

    private static Optional<Manifest> manifest(Path backup) {
        try {
            return Optional.of(Manifest.read(Files.readAllBytes(backup.resolve(Manifest.FILE))));
        } catch (IOException absentOrDamaged) {
            return Optional.empty();
        }
    }

    /**
     * Takes away what is too old or too much, never the newest good one, and what was cut off.
     *
     * @return how many
     */
    int tidy(Instant now) throws IOException {
        List<Backup> all = all();
        Optional<Backup> lastGood = all.stream().filter(Backup::good).findFirst();
        List<Backup> whole =
                all.stream().filter(backup -> backup.manifest().isPresent()).toList();
        int taken = 0;
        for (Backup backup : all) {
            Duration age = Duration.between(backup.taken(), now);
            boolean goes = backup.manifest().isEmpty()
                    ? age.compareTo(WRITTEN_WITHIN) > 0
                    : whole.indexOf(backup) >= settings.keep() || age.compareTo(settings.keepFor()) > 0;
            if (goes && !lastGood.filter(backup::equals).isPresent()) {
                takeAway(backup.folder());
                taken++;
            }
        }
        return taken;
    }

    /** The manifest first: one that is half gone is not taken for whole. */
    private static void takeAway(Path backup) throws IOException {
        Files.deleteIfExists(backup.resolve(Manifest.FILE));
        FileSystemUtils.deleteRecursively(backup);
    }
}
