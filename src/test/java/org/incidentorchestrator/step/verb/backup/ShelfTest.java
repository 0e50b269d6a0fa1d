package org.incidentorchestrator.step.verb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.ClusterIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Which back-ups stay. */
class ShelfTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void the_newest_stay_up_to_their_number() throws IOException {
        Shelf shelf = shelf(2, 90);
        good(shelf, 3);
        good(shelf, 2);
        good(shelf, 1);
        assertThat(shelf.tidy(NOW)).isEqualTo(1);
        assertThat(ids(shelf)).containsExactly("a1/20261123T120000.000Z", "a1/20261122T120000.000Z");
    }

    @Test
    void those_that_are_too_old_go() throws IOException {
        Shelf shelf = shelf(14, 30);
        good(shelf, 40);
        good(shelf, 1);
        assertThat(shelf.tidy(NOW)).isEqualTo(1);
        assertThat(ids(shelf)).containsExactly("a1/20261123T120000.000Z");
    }

    @Test
    void the_last_good_one_stays_however_old_and_however_many_bad_ones_there_are() throws IOException {
        Shelf shelf = shelf(1, 30);
        good(shelf, 40);
        Path damaged = good(shelf, 3);
        Files.writeString(damaged.resolve(Manifest.OBJECTS), "something else");
        taken(shelf, 2, List.of("deployments.apps: forbidden"));
        assertThat(shelf.tidy(NOW)).isEqualTo(1);
        assertThat(ids(shelf)).containsExactly("a1/20261122T120000.000Z", "a1/20261015T120000.000Z");
    }

    @Test
    void one_that_was_cut_off_counts_for_nothing_and_goes_when_nobody_can_be_writing_it() throws IOException {
        Shelf shelf = shelf(1, 30);
        good(shelf, 2);
        shelf.begin(NOW.minus(Duration.ofDays(1)));
        shelf.begin(NOW.minus(Duration.ofMinutes(2)));
        assertThat(shelf.tidy(NOW)).isEqualTo(1);
        assertThat(ids(shelf)).containsExactly("a1/20261124T115800.000Z", "a1/20261122T120000.000Z");
    }

    @Test
    void folders_and_files_are_their_owners_alone() throws IOException {
        Path backup = good(shelf(1, 30), 1);
        for (Path each : List.of(folder.resolve("backups"), backup.getParent(), backup)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rwx------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.resolve(Manifest.OBJECTS))))
                .isEqualTo("rw-------");
    }

    @Test
    void what_is_not_ours_is_left_alone() throws IOException {
        Shelf shelf = shelf(1, 30);
        Path notes = Files.createDirectories(shelf.folder().resolve("notes"));
        assertThat(shelf.tidy(NOW)).isZero();
        assertThat(notes).exists();
    }

    private Shelf shelf(int keep, int days) {
        return new Shelf(
                new BackupSettings(
                        folder.resolve("backups").toString(),
                        List.of(),
                        "",
                        keep,
                        Duration.ofDays(days),
                        DataSize.ofMegabytes(1)),
                "a1");
    }

    private static Path good(Shelf shelf, int daysAgo) throws IOException {
        return taken(shelf, daysAgo, List.of());
    }

    private static Path taken(Shelf shelf, int daysAgo, List<String> unread) throws IOException {
        Instant at = NOW.minus(Duration.ofDays(daysAgo));
        Path backup = shelf.begin(at);
        var file = SafeFile.write(backup, Manifest.OBJECTS, "---\n".getBytes(StandardCharsets.UTF_8));
        Manifest manifest = new Manifest(
                1,
                new ClusterIdentity("prod", "uid", "v1.34.1"),
                "a1",
                at.toString(),
                new TreeMap<>(),
                new TreeMap<>(),
                unread,
                Manifest.Secrets.NO_RECIPIENTS,
                List.of(),
                List.of(file));
        SafeFile.write(backup, Manifest.FILE, manifest.json());
        return backup;
    }

    private static List<String> ids(Shelf shelf) throws IOException {
        return shelf.all().stream().map(Backup::id).toList();
    }
}
