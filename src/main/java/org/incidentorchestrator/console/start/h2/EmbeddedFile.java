package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** The embedded database's file, for who copies it or puts another in its place. */
public final class EmbeddedFile {
    private final H2File file;

    private EmbeddedFile(H2File file) {
        this.file = file;
    }

    /** What is done while nobody else can. */
    public interface Work {
        void run() throws IOException;
    }

    /** @return empty for a database that is no file of this program: in memory, PostgreSQL */
    public static Optional<EmbeddedFile> of(Environment settings) {
        return H2File.of(
                        settings.getProperty("spring.datasource.url", ""),
                        settings.getProperty("spring.datasource.username", ""),
                        settings.getProperty("spring.datasource.password", ""))
                .map(EmbeddedFile::new);
    }

    public Path path() {
        return file.path();
    }

    /** Of a file like this one, at another place. */
    public String url(Path other) {
        return file.url(other);
    }

    /** @throws DatabaseRefused when a program has the database open */
    public void alone(Work work) throws IOException {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse(null);
            }
            work.run();
        } catch (OverlappingFileLockException e) {
            throw inUse(e);
        }
    }

    private DatabaseRefused inUse(Exception cause) {
        return new DatabaseRefused(
                "The database %s is in use by a program that runs. Ask that one (--server), or stop it"
                        .formatted(file.path()),
                cause);
    }

    /** With what the program keeps beside it; the database last. */
    public void moveTo(Path folder) throws IOException {
        for (Path each : List.of(file.schema(), file.mark(), file.report(), file.path())) {
            if (Files.exists(each)) {
                Files.move(each, folder.resolve(each.getFileName()));
            }
        }
    }
}
