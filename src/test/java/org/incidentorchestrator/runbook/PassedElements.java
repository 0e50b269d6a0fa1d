package org.incidentorchestrator.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the process tests of a build have passed, in files of that build: one for each virtual machine, a line for each
 * element that was passed in a model of some content, and one for each test class that has run. A model is known by the
 * hash of its content, so that what was passed of another version of it counts for nothing.
 */
final class PassedElements {
    /** Set where process tests run: the folder of this build; elsewhere nothing is kept. */
    static final String KEEP = "flow-coverage.keep";

    /** Set where it is checked: the same folder. */
    static final String READ = "flow-coverage.read";

    private static final Set<String> WRITTEN = ConcurrentHashMap.newKeySet();

    private final Set<String> lines;

    private PassedElements(Set<String> lines) {
        this.lines = lines;
    }

    static void passed(String hash, String element) {
        write(hash + " " + element);
    }

    static void ran(Class<?> test) {
        write(test.getName());
    }

    private static void write(String line) {
        String folder = System.getProperty(KEEP, "");
        if (!folder.isEmpty() && WRITTEN.add(line)) {
            append(Path.of(folder), line);
        }
    }

    private static synchronized void append(Path folder, String line) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(ProcessHandle.current().pid() + ".txt"),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PassedElements in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new PassedElements(Set.of());
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new PassedElements(
                    files.flatMap(file -> Carrier.read(file).lines()).collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isPassed(String hash, String element) {
        return lines.contains(hash + " " + element);
    }

    boolean hasRun(Class<?> test) {
        return lines.contains(test.getName());
    }

    static String hash(byte[] model) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
