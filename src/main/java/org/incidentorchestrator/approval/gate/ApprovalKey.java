package org.incidentorchestrator.approval.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** The key that approvals are sealed with, in a file beside the database and not in it. */
@Component
class ApprovalKey {
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final SecretKey secret;

    ApprovalKey(ApprovalSettings settings) {
        Path file = Path.of(settings.keyFile()).toAbsolutePath();
        try {
            if (Files.notExists(file)) {
                make(file);
            }
            this.secret = new SecretKeySpec(read(file), "HmacSHA256");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key of approvals %s cannot be read or made (%s): make its folder writable, or name another file with approval.key-file"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    SecretKey secret() {
        return secret;
    }

    private static byte[] read(Path file) throws IOException {
        if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IllegalStateException(
                    "The key of approvals %s can be read by others, who could make approvals with it; run: chmod 600 %s, and make a new one if somebody has read it"
                            .formatted(file, file));
        }
        try {
            byte[] key = Base64.getUrlDecoder().decode(Files.readString(file).strip());
            if (key.length >= BYTES) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below.
        }
        throw new IllegalStateException(
                "The key of approvals %s does not hold %d random bytes in URL-safe Base64: copy it anew from the program that shares the database, or delete it to get a random one, with which nothing that is approved now can be done any more"
                        .formatted(file, BYTES));
    }

    /** Of two programs that make it at once, one does: a key that is there is never written over. */
    private static void make(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.getParent(), owner("rwx------"));
        Path draft = Files.createTempFile(file.getParent(), "approval", ".new", owner("rw-------"));
        try {
            Files.writeString(draft, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException another) {
            // That one counts.
        } finally {
            Files.delete(draft);
        }
    }

    private static FileAttribute<?> owner(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
