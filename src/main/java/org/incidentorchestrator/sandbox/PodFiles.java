package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.sandbox.PodPrograms.End;

/** The files of a container, as far as somebody looks for them: {@code /tmp}, its sockets, its one process. */
final class PodFiles {
    private static final Map<String, List<String>> FOLDERS = Map.of(
            "/", List.of("app", "bin", "dev", "etc", "lib", "proc", "sys", "tmp", "usr", "var"),
            "/proc", List.of("1", "meminfo", "net", "self", "stat", "version"));

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("MMM dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long HEAP = 402_653_184;

    private PodFiles() {}

    private record Entry(String name, long bytes, boolean folder) {
        String line(String date) {
            return "%s    1 app      app      %12d %s %s"
                    .formatted(folder ? "drwxr-xr-x" : "-rw-r--r--", bytes, date, name);
        }
    }

    static End ls(JsonNode pod, List<String> arguments) {
        String path = arguments.stream()
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .orElse("/");
        String folder = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Optional<List<Entry>> entries = entries(pod, folder);
        if (entries.isEmpty()) {
            return End.failed(2, "ls: cannot access '" + path + "': No such file or directory\n");
        }
        String date = DATE.format(Instant.parse(pod.at("/status/containerStatuses/0/state/running/startedAt")
                .asText(Pods.born(pod).toString())));
        boolean wide = arguments.stream().anyMatch(word -> word.startsWith("-") && word.contains("l"));
        StringBuilder out = new StringBuilder(wide ? "total 16\n" : "");
        entries.get().forEach(entry -> out.append(wide ? entry.line(date) : entry.name)
                .append('\n'));
        return End.of(out.toString());
    }

    private static Optional<List<Entry>> entries(JsonNode pod, String folder) {
        if (folder.equals("/tmp")) {
            List<Entry> files = new ArrayList<>(
                    List.of(new Entry("hsperfdata_app", 4096, true), new Entry("sessions.db", 20_480, false)));
            if (dumped(pod)) {
                files.add(1, new Entry("java_pid1.hprof", HEAP, false));
            }
            return Optional.of(files);
        }
        return Optional.ofNullable(FOLDERS.get(folder))
                .map(names ->
                        names.stream().map(name -> new Entry(name, 4096, true)).toList());
    }

    /** What ran out of memory has left its heap behind, where {@code /tmp} outlives the container. */
    private static boolean dumped(JsonNode pod) {
        boolean kept = false;
        for (JsonNode mount : pod.at("/spec/containers/0/volumeMounts")) {
            kept |= mount.path("mountPath").asText().equals("/tmp");
        }
        return kept
                && pod.at("/status/containerStatuses/0/lastState/terminated/reason")
                        .asText()
                        .equals("OOMKilled");
    }

    static End cat(World world, ObjectNode pod, List<String> files, Instant now) {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        for (String file : files) {
            content(world, pod, file, now)
                    .ifPresentOrElse(
                            out::append,
                            () -> err.append("cat: can't open '" + file + "': No such file or directory\n"));
        }
        return new End(err.length() == 0 ? 0 : 1, out.toString(), err.toString());
    }

    private static Optional<String> content(World world, ObjectNode pod, String file, Instant now) {
        return switch (file) {
            case "/proc/net/tcp" -> Optional.of(PodSockets.listening());
            case "/proc/net/tcp6" -> Optional.of(PodSockets.connected(world, pod, now));
            case "/proc/1/status" ->
                Optional.of("Name:\tjava\nState:\tS (sleeping)\nTgid:\t1\nPid:\t1\nPPid:\t0\n"
                        + "Uid:\t1000\t1000\t1000\t1000\nnonvoluntary_ctxt_switches:\t12\n");
            case "/proc/1/cmdline" ->
                Optional.of(
                        "java\0-jar\0/app/" + pod.at("/spec/containers/0/name").asText() + ".jar\0");
            default -> Optional.empty();
        };
    }
}
