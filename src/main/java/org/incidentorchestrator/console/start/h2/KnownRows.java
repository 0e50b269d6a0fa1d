package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.incidentorchestrator.evidence.RowsToGo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps beside the database what tables there are and how many rows they have: when the program is ready, and when rows are
 * removed by age. Before they are, so that a kill at any moment leaves a table with no fewer rows than are known.
 */
@Component
final class KnownRows {
    private static final Logger LOG = LoggerFactory.getLogger(KnownRows.class);

    private final DatabaseGuard guard;
    private final JdbcTemplate jdbc;

    KnownRows(DatabaseGuard guard, JdbcTemplate jdbc) {
        this.guard = guard;
        this.jdbc = jdbc;
    }

    @EventListener(ApplicationReadyEvent.class)
    void keep() {
        guard.file().ifPresent(file -> {
            try {
                write(file, now());
            } catch (IOException e) {
                LOG.warn(
                        "Files beside the database {} cannot be written: {}. Free its folder.",
                        file.path(),
                        e.toString());
            }
        });
    }

    /** @throws IllegalStateException when it cannot be written: then nothing is removed */
    @EventListener
    synchronized void lower(RowsToGo rows) {
        if (rows.over()) {
            keep();
            return;
        }
        guard.file().filter(file -> !rows.tables().isEmpty()).ifPresent(file -> {
            try {
                write(file, Schema.in(file.schema()).without(rows.tables(), rows.most()));
            } catch (IOException e) {
                throw new IllegalStateException(
                        "Nothing is removed by age: %s cannot be written (%s). Free its folder."
                                .formatted(file.schema(), e),
                        e);
            }
        });
    }

    private Schema now() {
        return Schema.of(jdbc.queryForList(Schema.SCRIPT, String.class));
    }

    private static void write(H2File file, Schema known) throws IOException {
        Path next = file.schema().resolveSibling(file.schema().getFileName() + ".next");
        Files.write(next, known.text().getBytes(StandardCharsets.UTF_8));
        Files.move(next, file.schema(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
