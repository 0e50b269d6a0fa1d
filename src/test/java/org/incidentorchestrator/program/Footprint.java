package org.incidentorchestrator.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process has used so far, as Linux tells it under /proc. */
public record Footprint(long pid) {
    private static final double TICKS_PER_SECOND = 100;

    /** Seconds of CPU. */
    public double cpu() {
        String stat = String.join("", lines("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Memory that it holds, in MiB. */
    public long memory() {
        return status("VmRSS");
    }

    /** The most memory that it has held, in MiB. */
    public long peak() {
        return status("VmHWM");
    }

    private long status(String what) {
        return lines("status").stream()
                .filter(line -> line.startsWith(what + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/proc/" + pid + "/status has no " + what));
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
