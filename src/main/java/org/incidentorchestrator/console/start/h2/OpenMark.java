package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that lies beside the database while a program has it open, with the newest version of the database that is
 * known to be on the disk.
 */
record OpenMark(Path path) {
    private static final Pattern VERSION = Pattern.compile("version (\\d{1,18})\\b");

    static OpenMark of(H2File file) {
        return new OpenMark(file.mark());
    }

    boolean isThere() {
        return Files.exists(path);
    }

    /** Always as long as before, in one write: a reader finds the one or the other. */
    void write(long version) throws IOException {
        String text = "The database is open, or was not closed: version %018d%n".formatted(version);
        Files.write(
                path, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    long version() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(path, StandardCharsets.ISO_8859_1));
        return version.find() ? Long.parseLong(version.group(1)) : 0;
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }
}
