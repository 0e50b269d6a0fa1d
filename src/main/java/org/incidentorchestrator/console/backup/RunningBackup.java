package org.incidentorchestrator.console.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.incidentorchestrator.console.start.h2.EmbeddedFile;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Makes a back-up while the program runs: H2 copies its file as it is at one moment, and nobody waits for that. */
@Component
public final class RunningBackup {
    private final Environment settings;
    private final JdbcTemplate jdbc;

    RunningBackup(Environment settings, JdbcTemplate jdbc) {
        this.settings = settings;
        this.jdbc = jdbc;
    }

    /**
     * @throws BackupRefused when the database makes its own back-ups
     * @throws IOException when there is no room for a copy beside the database
     */
    public void write(OutputStream into) throws IOException {
        Path beside = EmbeddedFile.of(settings)
                .orElseThrow(BackupRefused::ofPostgres)
                .path()
                .getParent();
        Path folder = Files.createTempDirectory(beside, "backup-");
        try {
            Map<StatePart, Path> parts = StateFiles.others(settings);
            parts.put(StatePart.DATABASE, database(folder));
            BackupFile.write(new TreeMap<>(parts), into);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private Path database(Path folder) throws IOException {
        Path zipped = folder.resolve("database.zip");
        jdbc.update("backup to '%s'".formatted(zipped.toString().replace("'", "''")));
        Path copy = folder.resolve(StatePart.DATABASE.entry());
        try (var zip = new ZipFile(zipped.toFile());
                var content = zip.getInputStream(zip.entries().nextElement())) {
            Files.copy(content, copy);
        }
        return copy;
    }
}
