package org.incidentorchestrator.console.start.h2;

import java.nio.file.Path;
import java.util.Optional;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Whether H2 reads the file in an older state than it was seen in. H2 takes the newest state that is whole, and says
 * nothing: a file that was cut opens without what came last, and an empty one as a new database.
 */
final class FileVersion {
    private FileVersion() {}

    /**
     * @param seen the version that the last program saw on the disk
     * @return a sentence; empty when the file is as new as that, or cannot be opened at all
     */
    static Optional<String> fault(Path file, long seen) {
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            long there = store.getFileStore().lastChunkVersion();
            return there >= seen
                    ? Optional.empty()
                    : Optional.of("the file is in an older state: of %d writes the last %d are missing"
                            .formatted(seen, seen - there));
        } catch (MVStoreException | IllegalArgumentException | AssertionError unreadable) {
            return Optional.empty();
        }
    }
}
