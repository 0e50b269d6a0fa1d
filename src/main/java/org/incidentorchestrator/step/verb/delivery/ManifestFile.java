package org.incidentorchestrator.step.verb.delivery;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;

/**
 * A file of manifests below the folder that the setting names, read once: what is hashed is what is applied.
 *
 * @param path below the folder as it was named
 * @param sha256 of its bytes, in hex
 */
record ManifestFile(Path path, String sha256, String text) {
    private static final int MOST_BYTES = 1024 * 1024;

    /** @param name its path below the folder @throws StepFailure refused, with the reason */
    static ManifestFile read(String folder, String name) {
        String shown = Line.of(name == null ? "" : name, 200);
        if (folder.isBlank()) {
            throw refused(
                    "noManifestFolder",
                    "'" + shown + "' was not applied: no folder of manifests is named.",
                    "Set manifests.folder to the checkout that holds them.");
        }
        try {
            Path root = Path.of(folder).toRealPath();
            Path file = inside(root, folder, name, shown);
            byte[] bytes = bytes(file, shown);
            return new ManifestFile(Path.of(folder).resolve(name).normalize(), sha256(bytes), decoded(bytes, shown));
        } catch (IOException unreadable) {
            throw refused(
                    "manifestUnreadable",
                    "Manifest '%s' in %s cannot be read: %s.".formatted(shown, folder, unreadable),
                    "See whether the checkout is there and readable for this program (setting manifests.folder).");
        }
    }

    /** Also where a link leads out of the folder, it is out of it. */
    private static Path inside(Path root, String folder, String name, String shown) throws IOException {
        try {
            Path wanted = root.resolve(name == null ? "" : name).normalize();
            boolean fit = name != null
                    && !name.isBlank()
                    && !Path.of(name).isAbsolute()
                    && wanted.startsWith(root)
                    && name.matches(".*\\.(ya?ml|json)");
            if (fit && !Files.exists(wanted)) {
                throw refused(
                        "manifestNotFound",
                        "There is no manifest '%s' in %s.".formatted(shown, folder),
                        "See whether the checkout is at the commit that has it.");
            }
            if (fit && wanted.toRealPath().startsWith(root) && Files.isRegularFile(wanted)) {
                return wanted.toRealPath();
            }
        } catch (InvalidPathException unfit) {
            // Refused below, like every other name that names no file of ours.
        }
        throw refused(
                "badPath",
                "'%s' names no manifest below %s.".formatted(shown, folder),
                "Write the path below that folder, as in 'apps/root-app/app-of-apps.yaml', ending in .yaml, .yml or"
                        + " .json; links that lead out of it are not followed.");
    }

    private static byte[] bytes(Path file, String shown) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw refused(
                    "manifestTooLarge",
                    "Manifest '%s' has %d bytes, and at most %d are read."
                            .formatted(shown, Files.size(file), MOST_BYTES),
                    "Divide it.");
        }
        return Files.readAllBytes(file);
    }

    private static String decoded(byte[] bytes, String shown) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw refused(
                    "manifestUnreadable", "Manifest '%s' is not text in UTF-8.".formatted(shown), "Save it as UTF-8.");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static StepFailure refused(String reason, String message, String remedy) {
        return StepFailure.refused(reason, message, remedy);
    }
}
