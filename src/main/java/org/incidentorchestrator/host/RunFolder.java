package org.incidentorchestrator.host;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** What lies on disk of one run, for the owner of this program alone; the supervisor's head names the files. */
record RunFolder(Path path) {
    Path supervisor() {
        return path.resolve("supervise.sh");
    }

    Path output() {
        return path.resolve("output");
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    boolean begun() {
        return Files.isDirectory(path.resolve("begun"));
    }

    String run() {
        return path.getFileName().toString();
    }

    /** Where the copy of a script lies: in a folder of its own, because it may have any name. */
    Path script(PinnedScript script) {
        return path.resolve("script").resolve(script.name());
    }

    /** Makes all that a run needs. Done again, it puts the same files in their places again. */
    void prepare(PinnedScript script, byte[] supervisor, String host) throws IOException {
        own(path);
        own(path.resolve("script"));
        write(path.resolve("host"), host.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        write(supervisor(), supervisor);
        write(script(script), script.content());
    }

    private static void own(Path folder) throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException before) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path part = Files.createTempFile(file.getParent(), "part", "");
        Files.write(part, content);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The machine that it was made on. */
    String host() {
        try {
            return Files.readString(path.resolve("host"));
        } catch (IOException e) {
            return "";
        }
    }

    Optional<Long> supervisorPid() {
        try {
            return Optional.of(Long.valueOf(
                    Files.readString(path.resolve("begun").resolve("pid")).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** How it ended; empty while nobody has written that down. */
    Optional<RunState.Ended> result() {
        Properties result = new Properties();
        try (var in = Files.newInputStream(path.resolve("result"))) {
            result.load(in);
            return Optional.of(new RunState.Ended(
                    Integer.parseInt(result.getProperty("exit")),
                    result.getProperty("stopped", ""),
                    Long.parseLong(result.getProperty("dropped").strip()),
                    Duration.ofSeconds(Long.parseLong(result.getProperty("seconds")))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
