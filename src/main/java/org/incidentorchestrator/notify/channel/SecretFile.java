package org.incidentorchestrator.notify.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one secret. It is read anew for each use, so that a secret that was changed needs no restart. */
final class SecretFile {
    private SecretFile() {}

    /** @throws IllegalArgumentException when it cannot be read or holds nothing; says which setting names it */
    static String read(String setting, Path file) {
        try {
            String secret = Files.readString(file).strip();
            if (!secret.isEmpty()) {
                return secret;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    setting + " names " + file + ", which cannot be read ("
                            + e.getClass().getSimpleName()
                            + "); name a file that this program may read, with the secret on its one line",
                    e);
        }
        throw new IllegalArgumentException(setting + " names " + file + ", which is empty; write the secret into it");
    }
}
