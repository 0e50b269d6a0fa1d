package org.incidentorchestrator.step.verb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The folder of a case's back-ups: what lies there before, and what the verb has written. */
record Backups(List<Path> before) {
    private static final Path FOLDER = Path.of(Verbs.BACKUPS);

    /** @param files named {@code backup-<time>-<file>} */
    static Backups laidOut(String namespace, List<Path> files) {
        try {
            FileSystemUtils.deleteRecursively(FOLDER);
            for (Path file : files) {
                String[] parts = file.getFileName().toString().split("-", 3);
                Path backup = Files.createDirectories(FOLDER.resolve(namespace).resolve(parts[1]));
                Files.copy(file, backup.resolve(parts[2]));
            }
            return new Backups(all());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names and texts; what is encrypted is another one each time. */
    Map<String, String> written() {
        Map<String, String> written = new TreeMap<>();
        all().stream()
                .filter(file -> !before.contains(file) && !file.toString().endsWith(".age"))
                .forEach(file -> written.put("written-" + file.getFileName(), text(file)));
        return written;
    }

    private static List<Path> all() {
        if (!Files.exists(FOLDER)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
