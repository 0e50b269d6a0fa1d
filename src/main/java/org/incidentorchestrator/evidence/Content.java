package org.incidentorchestrator.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.springframework.util.unit.DataSize;

/** An artefact's bytes: UTF-8, cut to what is kept, compressed, and known by their SHA-256. */
final class Content {
    private Content() {}

    /** Of a text that is too long the beginning and the end are kept, with a line between that says what is missing. */
    static byte[] cut(String text, DataSize max) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        if (all.length <= max.toBytes()) {
            return all;
        }
        int half = (int) max.toBytes() / 2;
        int head = characterStart(all, half);
        int tail = characterStart(all, all.length - half);
        String missing = String.format(
                Locale.ROOT,
                "\n[… %,d of %,d bytes are missing here: the setting evidence.max-artefact is %,d bytes …]\n",
                tail - head,
                all.length,
                max.toBytes());
        var kept = new ByteArrayOutputStream();
        kept.write(all, 0, head);
        kept.writeBytes(missing.getBytes(StandardCharsets.UTF_8));
        kept.write(all, tail, all.length - tail);
        return kept.toByteArray();
    }

    /** UTF-8's continuation bytes begin with the bits 10. */
    private static int characterStart(byte[] utf8, int at) {
        int start = at;
        while ((utf8[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws UncheckedIOException when the stored bytes are damaged */
    static byte[] gunzip(byte[] compressed) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a kept artefact cannot be unpacked: " + e.getMessage(), e);
        }
    }
}
