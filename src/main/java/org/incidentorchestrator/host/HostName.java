package org.incidentorchestrator.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The name of this machine, asked of nobody: a name service may be what is down. */
final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** At most 63 of a-z, 0-9 and '-'. */
    static String find() {
        String name = kernel().toLowerCase(Locale.ROOT)
                .split("\\.")[0]
                .replaceAll("[^a-z0-9-]", "-")
                .replaceAll("^-+", "");
        String cut = name.substring(0, Math.min(63, name.length())).replaceAll("-+$", "");
        return cut.isEmpty() ? "localhost" : cut;
    }

    private static String kernel() {
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException e) {
            return System.getenv().getOrDefault("HOSTNAME", "");
        }
    }
}
