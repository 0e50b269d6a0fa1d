package org.incidentorchestrator.step.verb.network;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of {@code ls -la}, as GNU coreutils and BusyBox print it. @param bytes as listed */
record FolderEntry(String name, long bytes, boolean file) {
    private static final Pattern LINE =
            Pattern.compile("([-bcdlps])[-rwxsStT]{9}[.+@]?\\s+\\d+\\s+\\S+\\s+\\S+\\s+(\\d{1,18})\\s+"
                    + "(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d|\\S+\\s+\\S+\\s+\\S+)\\s(.+)");
    /** Heap dumps of the JVM, OpenJ9, .NET and Node.js, core dumps of the kernel, and what a JVM leaves when it dies. */
    private static final Pattern DUMP = Pattern.compile(
            ".*\\.hprof(\\.gz)?|core(\\.[0-9]+)?|core[._-].*|heapdump.*|.*\\.(phd|dmp|heapsnapshot)|javacore.*|hs_err_pid.*");

    /** Empty for a line of another form: the sum at the top, a device. */
    static Optional<FolderEntry> of(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? Optional.of(new FolderEntry(
                        parts.group(3),
                        Long.parseLong(parts.group(2)),
                        parts.group(1).equals("-")))
                : Optional.empty();
    }

    boolean dump() {
        return file && DUMP.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }
}
