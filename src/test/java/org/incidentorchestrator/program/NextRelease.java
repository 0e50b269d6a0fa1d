package org.incidentorchestrator.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The packaged program as its next release would be: one of its models has another version tag, all else is as it is. */
final class NextRelease {
    private static final String TAG = "camunda:versionTag=\"1.0.0\"";
    private static final String NEXT_TAG = "camunda:versionTag=\"1.0.1\"";

    private NextRelease() {}

    /** @param model {@code runbooks/service-down.bpmn} @return the jar, in the folder */
    static Path of(Path jar, String model, Path folder) throws IOException {
        Path next = folder.resolve("next-release.jar");
        try (ZipFile now = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(next);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : Collections.list(now.entries())) {
                copy(now, entry, entry.getName().endsWith("/processes/" + model), out);
            }
        }
        return next;
    }

    /** What was stored stays stored: jars in the jar are read where they lie. */
    private static void copy(ZipFile from, ZipEntry entry, boolean changes, ZipOutputStream out) throws IOException {
        try (InputStream in = from.getInputStream(entry)) {
            byte[] content = changes ? retagged(in.readAllBytes()) : in.readAllBytes();
            ZipEntry copied = new ZipEntry(entry.getName());
            if (entry.getMethod() == ZipEntry.STORED) {
                copied.setMethod(ZipEntry.STORED);
                copied.setSize(entry.getSize());
                copied.setCrc(entry.getCrc());
            }
            out.putNextEntry(copied);
            out.write(content);
            out.closeEntry();
        }
    }

    private static byte[] retagged(byte[] model) {
        String text = new String(model, StandardCharsets.UTF_8);
        if (!text.contains(TAG)) {
            throw new IllegalStateException("The model has no " + TAG);
        }
        return text.replace(TAG, NEXT_TAG).getBytes(StandardCharsets.UTF_8);
    }
}
