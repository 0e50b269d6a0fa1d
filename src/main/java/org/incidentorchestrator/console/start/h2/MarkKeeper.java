package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Writes once a second into the mark how far the database is, so that a file that went back is found out. */
@Component
final class MarkKeeper implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MarkKeeper.class);

    private final DatabaseGuard guard;
    private final DataSource pool;
    private ThreadPoolTaskScheduler scheduler;
    private long seen;
    private long written;

    MarkKeeper(DatabaseGuard guard, DataSource pool) {
        this.guard = guard;
        this.pool = pool;
    }

    @Override
    public synchronized void start() {
        scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("database-mark-");
        scheduler.initialize();
        guard.file().map(OpenMark::of).ifPresent(mark -> store().ifPresent(
                        store -> scheduler.scheduleWithFixedDelay(() -> keep(mark, store), Duration.ofSeconds(1))));
    }

    private Optional<MVStore> store() {
        try (Connection connection = pool.getConnection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            return Optional.of(session.getDatabase().getStore().getMvStore());
        } catch (SQLException e) {
            LOG.warn("How far the database is cannot be kept: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** What was seen a second ago: what is seen now may still be on its way to the disk. */
    private synchronized void keep(OpenMark mark, MVStore store) {
        try {
            if (scheduler != null && seen > written) {
                mark.write(seen);
                written = seen;
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", mark.path(), e.toString());
        }
        seen = store.isClosed() ? seen : store.getFileStore().lastChunkVersion();
    }

    @Override
    public synchronized void stop() {
        scheduler.shutdown();
        scheduler = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
