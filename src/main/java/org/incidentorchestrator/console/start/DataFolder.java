package org.incidentorchestrator.console.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.incidentorchestrator.console.access.DataSettings;

/** The folder of everything that is kept: its owner's alone, before the first file is made in it. */
final class DataFolder {
    private DataFolder() {}

    static void make(DataSettings settings) {
        Path folder = settings.path();
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new StartRefused(
                    List.of("data.folder is %s, which cannot be made for its owner alone (%s); name another or free it"
                            .formatted(folder, e)));
        }
    }
}
