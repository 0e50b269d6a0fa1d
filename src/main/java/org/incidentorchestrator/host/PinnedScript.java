package org.incidentorchestrator.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.incidentorchestrator.host.HostFailure.Kind;

/**
 * A script's bytes, read once and found to be the pinned ones. What is run is a private copy of these bytes: between a
 * look at a file and its execution the file could be exchanged, be it opened already (it can be written in place).
 *
 * @param name of the file, which the copy keeps: scripts show it in their messages
 * @param root the real path that it runs in
 */
record PinnedScript(String name, byte[] content, Path root) {
    private static final int MOST = 4 * 1024 * 1024;
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** @throws HostFailure NOT_AVAILABLE, UNSAFE or CHANGED */
    static PinnedScript read(ScriptOrder order, Path root) {
        try {
            Path realRoot = root.toRealPath();
            Path real = realRoot.resolve(order.path()).toRealPath();
            refuseUnsafe(real, realRoot, order);
            byte[] content = bytes(real);
            refuseOther(content, order);
            return new PinnedScript(real.getFileName().toString(), content, realRoot);
        } catch (NoSuchFileException e) {
            throw absent(order, (Files.isDirectory(root) ? order.path() : "host.root") + " is not there");
        } catch (FileSystemException e) {
            throw absent(order, order.path() + " cannot be read: " + e.getReason());
        } catch (IOException | UnsupportedOperationException e) {
            throw absent(order, order.path() + " cannot be read: " + e.getMessage());
        }
    }

    private static void refuseUnsafe(Path real, Path root, ScriptOrder order) throws IOException {
        if (!real.startsWith(root)) {
            throw unsafe(order, order.path() + " leads out of host.root, to " + real, "Take the link away.");
        }
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw absent(order, order.path() + " is no file");
        }
        if (!Files.isExecutable(real)) {
            throw absent(order, order.path() + " is not executable");
        }
        for (Path each = real; each.startsWith(root); each = each.getParent()) {
            if (Files.getPosixFilePermissions(each).stream().anyMatch(OTHERS::contains)) {
                throw unsafe(
                        order,
                        named(root, each)
                                + " is writable by its group or by all, so that somebody else could replace it",
                        "Take that right away (chmod go-w).");
            }
        }
    }

    private static String named(Path root, Path each) {
        return each.equals(root) ? "host.root" : root.relativize(each).toString();
    }

    private static byte[] bytes(Path real) throws IOException {
        try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(MOST);
        }
    }

    private static void refuseOther(byte[] content, ScriptOrder order) {
        String found = sha256(content);
        if (!found.equals(order.sha256())) {
            throw new HostFailure(
                    Kind.CHANGED,
                    "script '%s' is not run: %s has the SHA-256 %s, and %s is pinned"
                            .formatted(order.script(), order.path(), found, order.sha256()),
                    "Find out who changed it; when it is meant, set host.scripts.%s.sha256 to the new value."
                            .formatted(order.script()));
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static HostFailure absent(ScriptOrder order, String why) {
        return new HostFailure(
                Kind.NOT_AVAILABLE,
                "script '%s' is not available on host %s: %s".formatted(order.script(), order.host(), why),
                "Put it there, or do by hand what it does.");
    }

    private static HostFailure unsafe(ScriptOrder order, String why, String remedy) {
        return new HostFailure(Kind.UNSAFE, "script '%s' is not run: %s".formatted(order.script(), why), remedy);
    }
}
