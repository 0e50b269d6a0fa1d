package org.incidentorchestrator.console.backup;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.incidentorchestrator.console.backup.BackupRefused.Reason;

/**
 * A zip file with the parts of the state, and at its end the SHA-256 of each: {@code digests.json}. Only parts that are
 * known are read, by their own names, so that nothing gets outside of a folder.
 */
final class BackupFile {
    private static final String DIGESTS = "digests.json";
    private static final JsonMapper JSON = new JsonMapper();

    private BackupFile() {}

    /** @param parts where each lies now; the stream stays open */
    static void write(Map<StatePart, Path> parts, OutputStream into) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (var zip = new ZipOutputStream(keptOpen(into))) {
            for (var part : parts.entrySet()) {
                MessageDigest digest = sha256();
                zip.putNextEntry(new ZipEntry(part.getKey().entry()));
                try (var content = new DigestInputStream(Files.newInputStream(part.getValue()), digest)) {
                    content.transferTo(zip);
                }
                digests.put(part.getKey().entry(), HexFormat.of().formatHex(digest.digest()));
            }
            zip.putNextEntry(new ZipEntry(DIGESTS));
            zip.write(JSON.writeValueAsBytes(digests));
        }
    }

    private static OutputStream keptOpen(OutputStream into) {
        return new FilterOutputStream(into) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /**
     * Unpacks it, each part compared with its digest.
     *
     * @param folder that is empty
     * @return where each part lies in it
     * @throws BackupRefused when it is no back-up, a part is missing or not as it was written
     */
    static Map<StatePart, Path> unpack(Path file, Path folder) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            Map<StatePart, Path> parts = new TreeMap<>();
            for (var stated : digests(file, zip).entrySet()) {
                StatePart part = StatePart.named(stated.getKey())
                        .orElseThrow(() -> damaged(file, "it has a part that is not known: " + stated.getKey()));
                parts.put(part, unpack(file, zip, part, stated.getValue(), folder));
            }
            if (!parts.containsKey(StatePart.DATABASE)) {
                throw damaged(file, "the database is not in it");
            }
            return parts;
        } catch (ZipException e) {
            throw damaged(file, "it cannot be read (%s)".formatted(e.getMessage()));
        }
    }

    private static Map<String, String> digests(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(DIGESTS);
        if (entry == null) {
            throw damaged(file, "its end is missing: it says of no part what it has to be");
        }
        try (InputStream content = zip.getInputStream(entry)) {
            return JSON.readValue(content, new TypeReference<Map<String, String>>() {});
        }
    }

    private static Path unpack(Path file, ZipFile zip, StatePart part, String stated, Path folder) throws IOException {
        ZipEntry entry = zip.getEntry(part.entry());
        if (entry == null) {
            throw damaged(file, part.entry() + " is missing");
        }
        Path unpacked = folder.resolve(part.entry());
        MessageDigest digest = sha256();
        try (var content = new DigestInputStream(zip.getInputStream(entry), digest)) {
            Files.copy(content, unpacked);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(stated)) {
            throw damaged(file, part.entry() + " is not as it was written");
        }
        return unpacked;
    }

    private static BackupRefused damaged(Path file, String why) {
        return new BackupRefused(
                Reason.DAMAGED,
                "%s is no back-up that can be used: %s. Take another one; nothing was changed.".formatted(file, why));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
