package org.incidentorchestrator.step.verb.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/**
 * Whether another back-up can be written.
 *
 * @param word ready, noRoom, notWritable
 * @param text in words, with what to do where it cannot
 */
record Room(String word, String text) {
    static Room in(Path folder, DataSize wanted) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            return new Room(
                    "notWritable",
                    there + " cannot be written to: give it to the account that this program runs as (backup.folder)");
        }
        return free(there, wanted);
    }

    private static Room free(Path there, DataSize wanted) {
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            return free >= wanted.toBytes()
                    ? new Room("ready", "there is room for another")
                    : new Room(
                            "noRoom",
                            "%d MB are free in %s, and backup.min-free wants %d MB: make room"
                                    .formatted(DataSize.ofBytes(free).toMegabytes(), there, wanted.toMegabytes()));
        } catch (IOException e) {
            return new Room("notWritable", "nobody knows how much is free in " + there + ": " + e);
        }
    }
}
