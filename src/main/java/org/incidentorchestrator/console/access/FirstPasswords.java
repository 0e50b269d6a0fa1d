package org.incidentorchestrator.console.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The file that first passwords lie in, one a line, readable by its owner alone. Never logged. */
@Component
final class FirstPasswords {
    private static final String OWNER_ONLY = "rw-------";

    private final Path file;

    FirstPasswords(DataSettings data) {
        this.file = data.firstPasswords();
    }

    Path file() {
        return file;
    }

    /** Adds passwords, or replaces those of the same users. On disk before the accounts are, so that none is lost. */
    void keep(Map<String, String> passwords) {
        try {
            Map<String, String> all = read();
            all.putAll(passwords);
            List<String> lines = all.entrySet().stream()
                    .map(one -> one.getKey() + " " + one.getValue())
                    .toList();
            Path fresh = Files.createTempFile(
                    Files.createDirectories(file.getParent()),
                    "first-passwords",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The first passwords cannot be written to %s (%s), so no account was made; make its folder writable"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    Map<String, String> read() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    all.put(line.substring(0, blank), line.substring(blank + 1));
                }
            }
        } catch (NoSuchFileException e) {
            return all;
        }
        return all;
    }
}
