package org.incidentorchestrator.console.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.incidentorchestrator.console.backup.BackupRefused.Reason;
import org.incidentorchestrator.console.start.h2.EmbeddedFile;
import org.springframework.core.env.Environment;
import org.springframework.util.FileSystemUtils;

/** A back-up whose parts are as they were written, in a folder for the time being; closing it deletes that. */
public final class UnpackedBackup implements AutoCloseable {
    private static final String FOLDER = "restore-";

    private final Path folder;
    private final Map<StatePart, Path> parts;

    private UnpackedBackup(Path folder, Map<StatePart, Path> parts) {
        this.folder = folder;
        this.parts = parts;
    }

    /**
     * @param parent where the folder for the time being is made; the one that it is to be put into has room, and is on the
     *     same disk
     * @throws BackupRefused when it is damaged
     */
    public static UnpackedBackup of(Path file, Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, FOLDER);
        try {
            return new UnpackedBackup(folder, BackupFile.unpack(file, folder));
        } catch (IOException | RuntimeException e) {
            FileSystemUtils.deleteRecursively(folder);
            throw e;
        }
    }

    public Path database() {
        return parts.get(StatePart.DATABASE);
    }

    /**
     * Puts it where the settings say; the database last: whoever is killed before that begins with none, and does it again.
     *
     * @param replace whether a state that is there may be put aside
     * @return where what was there lies now; not there when there was nothing
     * @throws BackupRefused when there is one and it may not be put aside
     */
    public Path putInPlace(Environment settings, boolean replace) throws IOException {
        EmbeddedFile old = EmbeddedFile.of(settings).orElseThrow(BackupRefused::ofPostgres);
        Path aside = old.path().resolveSibling(folder.getFileName().toString().replace(FOLDER, "replaced-"));
        if (Files.exists(old.path())) {
            if (!replace) {
                throw new BackupRefused(
                        Reason.STANDS_AGAINST,
                        "There is a database at %s. Name another --data.folder, or have it put aside: --replace"
                                .formatted(old.path()));
            }
            old.alone(() -> old.moveTo(Files.createDirectory(aside)));
        }
        for (StatePart part : parts.keySet()) {
            place(part, settings, aside);
        }
        Files.move(database(), old.path(), StandardCopyOption.ATOMIC_MOVE);
        return aside;
    }

    private void place(StatePart part, Environment settings, Path aside) throws IOException {
        Path place = part.place(settings).orElse(null);
        if (place == null) {
            return;
        }
        if (Files.exists(place)) {
            Files.createDirectories(aside);
            Files.copy(place, aside.resolve(part.entry()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.move(parts.get(part), place, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }
}
