package org.incidentorchestrator.console.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Bearer tokens of programs, as {@link ApiSettings} names them. Only their SHA-256 is known here. */
@Component
final class ApiTokens {
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+([0-9a-fA-F]{64})");
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final List<Token> tokens;

    ApiTokens(ApiSettings settings) {
        tokens = settings.tokenFile().isEmpty() ? List.of() : read(Path.of(settings.tokenFile()));
    }

    /** Compares with every token in constant time: how long it takes says nothing about any of them. */
    Optional<String> ownerOf(String presented) {
        byte[] hash = sha256(presented);
        String owner = null;
        for (Token token : tokens) {
            if (MessageDigest.isEqual(token.sha256, hash)) {
                owner = token.user;
            }
        }
        return Optional.ofNullable(owner);
    }

    private static List<Token> read(Path file) {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalStateException("The token file %s can be read by others; run: chmod 600 %s"
                        .formatted(file.toAbsolutePath(), file.toAbsolutePath()));
            }
            return parse(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The token file %s of the setting api.token-file cannot be read (%s); create it or take the setting away"
                            .formatted(file.toAbsolutePath(), e.getMessage()),
                    e);
        }
    }

    private static List<Token> parse(Path file, List<String> lines) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var match = LINE.matcher(line);
            if (!match.matches()) {
                throw new IllegalStateException(
                        "Line %d of the token file %s is not a user id, a blank and 64 hex digits (the token's SHA-256)"
                                .formatted(i + 1, file.toAbsolutePath()));
            }
            tokens.add(new Token(match.group(1), HexFormat.of().parseHex(match.group(2))));
        }
        return List.copyOf(tokens);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private record Token(String user, byte[] sha256) {}
}
