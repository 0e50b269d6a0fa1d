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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.util.FileSystemUtils;

/**
 * Checks a copy of the file, and puts a fresh one in its place when it is damaged. Until then the file itself is not
 * touched, and the damaged one has a second name before the first is taken from it: whenever this is killed, the next
 * start begins it anew.
 */
final class FileCheck {
    /** Those whose rows stay for ever. */
    private static final Set<String> KEPT = Set.of(
            "INCIDENT", "INBOX", "EVIDENCE", "STEP_LEDGER", "ACT_GE_PROPERTY", "ACT_RE_DEPLOYMENT", "ACT_RE_PROCDEF");

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
        } catch (SQLException | RuntimeException e) {
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
        try (OpenDatabase database = OpenDatabase.existing(file, copy)) {
            Findings findings = Findings.in(database.session());
            faults.addAll(findings.faults());
            missing(known, findings).ifPresent(faults::add);
            emptied(known, findings);
            if (faults.isEmpty()) {
                return new Checked.Sound(findings.tables().size(), findings.rows(), findings.indexes());
            }
            return rebuilt(database, schema(database, known));
        } catch (SQLException unopened) {
            faults.add("it cannot be opened: " + Unreadable.reason(unopened));
            return recovered(known);
        }
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

    /** A table whose place in the file is lost looks like one that never had a row, with all of its indexes. */
    private void emptied(Schema known, Findings findings) {
        Map<String, Long> gone = new TreeMap<>(known.rows());
        gone.values().removeIf(rows -> rows == 0);
        findings.tables().stream().filter(table -> table.rows() > 0).forEach(table -> gone.remove(table.name()));
        if (KEPT.stream().anyMatch(gone::containsKey)) {
            faults.add("tables are empty that had rows, and from which nothing is ever deleted");
            gone.forEach((table, rows) ->
                    lost.add("%s: all of its rows; it had %d when the program was last ready".formatted(table, rows)));
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
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file.path()));
        force(fresh);
        DamageReport.write(file, rebuilt);
        try {
            Files.createLink(rebuilt.kept(), file.path());
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            // A file system without hard links says so in many ways; one without room says it again to the copy.
            Files.copy(file.path(), rebuilt.kept(), StandardCopyOption.REPLACE_EXISTING);
            force(rebuilt.kept());
        }
        // The fresh file counts its writes anew. What is lost is in the report by now, whatever happens here.
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
