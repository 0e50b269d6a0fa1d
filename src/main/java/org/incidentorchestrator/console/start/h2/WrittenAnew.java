package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.h2.mvstore.MVStore;

/**
 * The same database in a fresh file, page by page. H2 reuses the place of pages that it takes for unused, and moves others
 * by a list of its own: where a fault lies in what it keeps about its pages, every row is there at first and is overwritten
 * later. Only pages that some table needs come into the fresh file, and all that is kept about them is counted anew.
 */
final class WrittenAnew {
    private WrittenAnew() {}

    /**
     * @param copy is opened first, so that H2 takes back what had not been committed
     * @return why there is no such file; empty when there is one
     */
    static Optional<String> of(H2File like, Path copy, Path fresh) throws IOException {
        Files.deleteIfExists(fresh);
        try {
            OptionalLong before = FileVersion.read(copy);
            List<String> unfinished = unfinished(like, copy);
            if (!unfinished.isEmpty()) {
                return Optional.of(unfinished.get(0));
            }
            if (FileVersion.read(copy).orElse(0) < before.orElse(0)) {
                return Optional.of("once it was opened and closed it opens in an older state");
            }
            MVStore.compact(copy.toString(), fresh.toString(), false, null);
            return Optional.empty();
        } catch (SQLException | RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError unreadable) {
            return Optional.of(Unreadable.reason(unreadable));
        }
    }

    private static List<String> unfinished(H2File like, Path copy) throws SQLException {
        try (OpenDatabase database = OpenDatabase.existing(like, copy)) {
            return Findings.unfinished(database.session());
        }
    }
}
