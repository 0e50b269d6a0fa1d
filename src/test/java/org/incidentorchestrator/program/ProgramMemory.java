package org.incidentorchestrator.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program holds (Linux, a JDK).
 *
 * @param live MiB of its heap that are left by a full collection: what it really keeps
 * @param resident MiB that the operating system has given it
 */
record ProgramMemory(double live, long resident) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    static ProgramMemory of(Program program) {
        Matcher live = LIVE.matcher(jcmd(program.pid(), "GC.class_histogram"));
        if (!live.find()) {
            throw new IllegalStateException("process " + program.pid() + " does not say what lives in its heap");
        }
        return new ProgramMemory(Long.parseLong(live.group(1)) / 1024.0 / 1024.0, resident(program.pid()));
    }

    private static long resident(long pid) {
        try {
            Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            if (!found.find()) {
                throw new IllegalStateException("process " + pid + " has no VmRSS");
            }
            return Long.parseLong(found.group(1)) / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jcmd(long pid, String command) {
        try {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("jcmd %d %s: %s".formatted(pid, command, out));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "%.1f/%d".formatted(live, resident);
    }
}
