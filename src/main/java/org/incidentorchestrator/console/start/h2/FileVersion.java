package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.h2.mvstore.MVStore;

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
    static Optional<String> fault(Path file, long seen) throws IOException {
        try (FileChannel channel = NewestWrite.open(file)) {
            Optional<NewestWrite> newest = NewestWrite.in(channel);
            long version = newest.map(NewestWrite::version).orElse(0L);
            if (version < seen) {
                return Optional.of(missing(seen, seen - version));
            }
            OptionalLong read = read(file);
            if (read.isPresent() && read.getAsLong() < version) {
                return Optional.of(missing(version, version - read.getAsLong()));
            }
            return read.isEmpty()
                            || newest.isPresent()
                                    && read.getAsLong() == version
                                    && newest.get().whole(channel)
                    ? Optional.empty()
                    : Optional.of("the head of the newest write is damaged: tables may be in an older state");
        }
    }

    private static String missing(long of, long last) {
        return "the file is in an older state: of %d writes the last %d are missing".formatted(of, last);
    }

    /** @return the version that H2 opens; empty when it opens none */
    static OptionalLong read(Path file) {
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            return OptionalLong.of(store.getFileStore().lastChunkVersion());
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError unreadable) {
            // Pages that refer to each other in a circle are followed until the stack is full.
            return OptionalLong.empty();
        }
    }
}
