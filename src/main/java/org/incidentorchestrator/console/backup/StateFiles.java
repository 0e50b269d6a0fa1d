package org.incidentorchestrator.console.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.incidentorchestrator.console.backup.BackupRefused.Reason;
import org.incidentorchestrator.console.start.h2.EmbeddedFile;
import org.springframework.core.env.Environment;

/** The state as it lies on the disk, while no program works on it. */
public final class StateFiles {
    private final Environment settings;

    public StateFiles(Environment settings) {
        this.settings = settings;
    }

    /** What lies beside the database. */
    static Map<StatePart, Path> others(Environment settings) {
        Map<StatePart, Path> parts = new EnumMap<>(StatePart.class);
        for (StatePart part : StatePart.values()) {
            part.place(settings).filter(Files::exists).ifPresent(path -> parts.put(part, path));
        }
        return parts;
    }

    /** @throws BackupRefused when there is no database, or a program has it open */
    public void write(OutputStream into) throws IOException {
        EmbeddedFile database = EmbeddedFile.of(settings).orElseThrow(BackupRefused::ofPostgres);
        if (!Files.exists(database.path())) {
            throw new BackupRefused(
                    Reason.STANDS_AGAINST,
                    "There is no database at %s. Name its folder: --data.folder=/path".formatted(database.path()));
        }
        database.alone(() -> {
            Map<StatePart, Path> parts = others(settings);
            parts.put(StatePart.DATABASE, database.path());
            BackupFile.write(parts, into);
        });
    }
}
