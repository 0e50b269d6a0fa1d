package org.incidentorchestrator.step.verb.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A folder that holds one back-up, or what was written of it.
 *
 * @param id {@code namespace/20261124T120000.000Z}
 * @param taken as the folder's name says
 * @param manifest empty for one that was cut off, or whose manifest is damaged
 */
record Backup(String id, Path folder, Instant taken, Optional<Manifest> manifest) {

    /** @return what is wrong with its files; empty when all are as they were written */
    Optional<String> damage() {
        if (manifest.isEmpty()) {
            return Optional.of("it has no manifest: it was cut off before it was whole");
        }
        for (Manifest.Kept file : manifest.get().files()) {
            Optional<String> wrong = damage(file);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> damage(Manifest.Kept file) {
        try {
            byte[] bytes = Files.readAllBytes(folder.resolve(file.name()));
            return SafeFile.sum(file.name(), bytes).equals(file)
                    ? Optional.empty()
                    : Optional.of(file.name() + " is not what was written: " + bytes.length + " bytes of "
                            + file.bytes() + ", SHA-256 "
                            + SafeFile.sum(file.name(), bytes).sha256());
        } catch (IOException e) {
            return Optional.of(file.name() + " cannot be read: " + e);
        }
    }

    /** Whole, complete and undamaged. */
    boolean good() {
        return manifest.filter(Manifest::complete).isPresent() && damage().isEmpty();
    }
}
