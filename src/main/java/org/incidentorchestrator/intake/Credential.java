package org.incidentorchestrator.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret that a paging system shows with each webhook, as a bearer token (RFC 6750) or as the password of any user
 * (RFC 7617). Compared in a time that says nothing about how much of it was right.
 */
final class Credential {
    private static final int BYTES = 32;

    private final byte[] digest;

    private Credential(String token) {
        this.digest = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    }

    static Credential of(String token) {
        return new Credential(token);
    }

    /** Reads the token; makes the file with a random one of 256 bits, for the owner alone, when it is absent. */
    static Credential in(Path file) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            String token = Files.readString(file).strip();
            if (token.length() < 16) {
                throw new IllegalStateException("The token in " + file.toAbsolutePath() + " has " + token.length()
                        + " characters, which is easily guessed: write one of at least 16 into it, or delete the file"
                        + " and start again to get a random one");
            }
            return new Credential(token);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The token file " + file.toAbsolutePath() + " cannot be read or made (" + e.getMessage()
                            + "): make its folder writable, or name another with intake.sources.alertmanager.token-file",
                    e);
        }
    }

    boolean isProvedBy(String authorization) {
        String shown = shown(authorization == null ? "" : authorization.strip());
        return MessageDigest.isEqual(digest, Sha256.of(shown.getBytes(StandardCharsets.UTF_8)));
    }

    private static String shown(String authorization) {
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip();
        }
        return authorization.regionMatches(true, 0, "Basic ", 0, 6)
                ? password(authorization.substring(6).strip())
                : "";
    }

    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    /** Written beside and moved, so that nobody ever reads half a token. A temporary file is the owner's alone. */
    private static void create(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Path folder = file.toAbsolutePath().getParent();
        createFolder(folder);
        Path draft = Files.createTempFile(folder, "token", ".new");
        Files.writeString(draft, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void createFolder(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))};
        Files.createDirectories(folder, posix ? owner : new FileAttribute<?>[0]);
    }
}
