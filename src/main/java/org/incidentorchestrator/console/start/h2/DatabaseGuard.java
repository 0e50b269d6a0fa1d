package org.incidentorchestrator.console.start.h2;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Made before the connection pool and ended after it. A mark lies beside the database while it is open: one that is
 * found at the start says that the last program did not end cleanly, and has the file checked before it is used.
 */
@Component
final class DatabaseGuard {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseGuard.class);

    /**
     * The pool hands its connections to a thread that closes them, and waits for it no more than ten seconds: the last one
     * writes what is left, which takes longer on a busy machine.
     */
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Optional<H2File> file;
    private final DatabaseSettings settings;
    private final Clock clock;

    DatabaseGuard(Environment environment, DatabaseSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.file = H2File.of(
                environment.getProperty("spring.datasource.url", ""),
                environment.getProperty("spring.datasource.username", ""),
                environment.getProperty("spring.datasource.password", ""));
        file.ifPresent(this::open);
    }

    Optional<H2File> file() {
        return file;
    }

    private void open(H2File database) {
        try {
            Files.createDirectories(database.path().getParent());
            OpenMark mark = OpenMark.of(database);
            if (Files.exists(database.path())) {
                boolean unclean = mark.isThere();
                if (unclean || settings.tooLarge(database.path())) {
                    checkAlone(database, unclean ? "The last end was not clean" : "More than half of it was empty");
                }
            }
            mark.write(0);
        } catch (IOException e) {
            throw new DatabaseRefused(
                    "The folder of the database %s cannot be written: %s. Free it, or name another (data.folder)"
                            .formatted(database.path(), e),
                    e);
        }
    }

    /** A second program on the file would take what the first is writing for damage. */
    private void checkAlone(H2File database, String why) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(database.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse(database, null);
            }
            OpenMark mark = OpenMark.of(database);
            if (!mark.isThere()) {
                mark.write(0);
            }
            check(database, why);
        } catch (OverlappingFileLockException e) {
            throw inUse(database, e);
        }
    }

    private void check(H2File database, String why) {
        long begin = System.nanoTime();
        Checked checked = FileCheck.run(database, clock.instant());
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        if (checked instanceof Checked.Sound sound) {
            LOG.info(
                    "{}: the database was checked and written anew in {} ms and is sound ({} tables, {} rows, {} indexes)",
                    why,
                    took,
                    sound.tables(),
                    sound.rows(),
                    sound.indexes());
        } else if (checked instanceof Checked.Rebuilt rebuilt) {
            LOG.error(
                    "{}: the database was damaged, and was made anew in {} ms with {} rows; {}. The damaged file is kept as {}. Found: {}",
                    why,
                    took,
                    rebuilt.saved(),
                    rebuilt.lost().isEmpty() ? "nothing was lost" : "lost: " + String.join("; ", rebuilt.lost()),
                    rebuilt.kept(),
                    String.join("; ", rebuilt.faults()));
        }
    }

    private static DatabaseRefused inUse(H2File database, Exception cause) {
        return new DatabaseRefused(
                "The database %s is in use by another program. End that one, or name another folder (data.folder)"
                        .formatted(database.path()),
                cause);
    }

    /** After the pool: only a file that H2 has let go of was ended cleanly. */
    @PreDestroy
    void close() {
        close(CLOSING);
    }

    /** @param patience how long a connection that is being closed is waited for */
    void close(Duration patience) {
        file.ifPresent(database -> {
            if (released(database.path(), patience)) {
                removeMark(database);
            } else {
                LOG.warn("The database {} was not closed; it is checked at the next start", database.path());
            }
        });
    }

    private static void removeMark(H2File database) {
        try {
            OpenMark.of(database).remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean released(Path path, Duration patience) {
        long begin = System.nanoTime();
        while (!released(path)) {
            if (System.nanoTime() - begin > patience.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }

    private static boolean released(Path path) {
        if (!Files.exists(path)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException open) {
            return false;
        }
    }
}
