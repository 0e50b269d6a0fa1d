package org.incidentorchestrator.step.verb.backup;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

/** A key pair of age, as {@code age-keygen} makes one. */
record Keys(String recipient, String secret) {
    static Keys made() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            return new Keys(pair.getPublic().toString(), pair.getPrivate().toString());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file that {@code age-keygen -o} writes. */
    String in(Path folder) {
        try {
            Path file = Files.createTempFile(folder, "identity", ".txt");
            Files.writeString(
                    file, "# created: 2026-11-24T09:00:00Z\n# public key: " + recipient + "\n" + secret + "\n");
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
