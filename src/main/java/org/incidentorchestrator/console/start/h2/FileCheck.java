package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * Makes a fresh file of a copy of this one, and puts it in its place. Of a sound file that is the same, written anew: so
 * nothing is left that H2 would come upon later only, when it tidies up, such as what it keeps about its own pages. Until
 * then the file itself is not touched, and a damaged one has a second name before the first is taken from it: whenever
 * this is killed, the next start begins it anew.
 */
final class FileCheck {
    private final H2File file;
    private final Instant now;
    private final Path copy;
    private final Path fresh;
    private final List<String> faults = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    private FileCheck(H2File file, Instant now) {
        this.file = file;
        this.now = now;
        this.copy = file.workshop().resolve("copy.mv.db");
        this.fresh = file.workshop().resolve("fresh.mv.db");
    }

    /** @throws DatabaseRefused when nothing could be saved, or there is no room to check it */
    static Checked run(H2File file, Instant now) {
        try {
            return new FileCheck(file, now).run();
        } catch (IOException e) {
            throw new DatabaseRefused(
                    "The database %s could not be checked after an unclean end: %s. A check needs room for two copies of it in its folder: make room, and start again"
                            .formatted(file.path(), e),
                    e);
        } catch (SQLException | RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            throw new DatabaseRefused(
                    "The database %s is damaged, and nothing of it could be saved: %s. It is kept as it is. Put a back-up in its place, or move it away to begin with an empty one"
                            .formatted(file.path(), Unreadable.reason(e)),
                    e);
        }
    }

    private Checked run() throws IOException, SQLException {
        FileSystemUtils.deleteRecursively(file.workshop());
        Files.createDirectory(
                file.workshop(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.copy(file.path(), copy);
        Checked checked = check();
        FileSystemUtils.deleteRecursively(file.workshop());
        return checked;
    }

    private Checked check() throws IOException, SQLException {
        Schema known = Schema.in(file.schema());
        FileVersion.fault(copy, OpenMark.of(file).version()).ifPresent(this::olderState);
        Optional<String> unwritten = faults.isEmpty() ? WrittenAnew.of(file, copy, fresh) : Optional.of("");
        if (unwritten.isEmpty()) {
            Optional<Checked> sound = sound(known);
            if (sound.isPresent()) {
                return sound.get();
            }
        }
        Files.copy(file.path(), copy, StandardCopyOption.REPLACE_EXISTING);
        try (OpenDatabase database = OpenDatabase.existing(file, copy)) {
            Findings findings = Findings.in(database.session());
            faults.addAll(findings.faults());
            missing(known, findings).ifPresent(faults::add);
            shortfall(known, findings);
            if (faults.isEmpty()) {
                faults.add("it cannot be written anew: " + unwritten.orElse("not all of it was there"));
            }
            return rebuilt(database, schema(database, known));
        } catch (SQLException | RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError unopened) {
            faults.add("it cannot be opened: " + Unreadable.reason(unopened));
            return recovered(known);
        }
    }

    /** What is checked is what the program will open: the fresh file. */
    private Optional<Checked> sound(Schema known) throws IOException {
        Findings findings;
        try (OpenDatabase database = OpenDatabase.existing(file, fresh)) {
            findings = Findings.in(database.session());
        } catch (SQLException | RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError unopened) {
            return Optional.empty();
        }
        if (!findings.sound()
                || missing(known, findings).isPresent()
                || !Shortfall.of(known, findings).isEmpty()) {
            return Optional.empty();
        }
        putInPlace();
        return Optional.of(new Checked.Sound(findings.tables().size(), findings.rows(), findings.indexes()));
    }

    private void olderState(String fault) {
        faults.add(fault);
        lost.add(fault);
    }

    private static Optional<String> missing(Schema known, Findings findings) {
        List<String> gone = new ArrayList<>(known.tables());
        findings.tables().forEach(table -> gone.remove(table.name()));
        return gone.isEmpty() ? Optional.empty() : Optional.of("tables are missing: " + String.join(", ", gone));
    }

    private void shortfall(Schema known, Findings findings) {
        List<String> fewer = Shortfall.of(known, findings);
        if (!fewer.isEmpty()) {
            faults.add("tables have fewer rows than they had, and nothing was deleted from them");
            lost.addAll(fewer);
        }
    }

    /** Of the two, the one that knows more tables: new ones are in the database only, lost ones in the file only. */
    private static Schema schema(OpenDatabase database, Schema known) throws SQLException {
        Schema there = Schema.of(database);
        return there.tables().containsAll(known.tables()) ? there : known;
    }

    private Checked recovered(Schema known) throws IOException, SQLException {
        Files.copy(file.path(), copy, StandardCopyOption.REPLACE_EXISTING);
        try (OpenDatabase database = Recovered.from(file, copy, file.workshop().resolve("recovered.mv.db"))) {
            lost.add("the file could not be opened and was read page by page: rows may be missing that nothing names");
            return rebuilt(database, known.tables().isEmpty() ? Schema.of(database) : known);
        }
    }

    private Checked rebuilt(OpenDatabase database, Schema schema) throws IOException, SQLException {
        Files.deleteIfExists(fresh);
        Rebuild.Result result = Rebuild.of(database, schema, file, fresh);
        if (result.saved() == 0) {
            throw new SQLException(String.join("; ", faults));
        }
        result.absent().forEach(table -> lost.add(table + ": the whole table"));
        result.losses().forEach(loss -> lost.add(loss.toString()));
        Checked.Rebuilt rebuilt =
                new Checked.Rebuilt(file.damaged(now), List.copyOf(faults), result.saved(), List.copyOf(lost));
        replace(rebuilt);
        return rebuilt;
    }

    private void replace(Checked.Rebuilt rebuilt) throws IOException {
        DamageReport.write(file, rebuilt);
        try {
            Files.createLink(rebuilt.kept(), file.path());
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            // A file system without hard links says so in many ways; one without room says it again to the copy.
            Files.copy(file.path(), rebuilt.kept(), StandardCopyOption.REPLACE_EXISTING);
            force(rebuilt.kept());
        }
        putInPlace();
    }

    private void putInPlace() throws IOException {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file.path()));
        force(fresh);
        // The fresh file may count its writes anew. What is lost is in the report by now, whatever happens here.
        OpenMark.of(file).write(0);
        Files.move(fresh, file.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.path().getParent());
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
