package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A process in a container, as {@code /proc/<pid>/status} and {@code /proc/<pid>/cmdline} have it (proc_pid_status(5)).
 *
 * @param user its effective user id, as the container's own numbering has it
 * @param command with its arguments; empty of a kernel thread or one that has ended
 */
record RunningProcess(String pid, String parent, String user, String name, String command) {
    private static final String FIRST_LINE = "Name:\t";
    private static final String LAST_LINE = "nonvoluntary_ctxt_switches:";

    /** Of the two files, one after the other, of each process. */
    static List<String> read(List<String> pids) {
        List<String> command = new ArrayList<>(List.of("cat"));
        pids.forEach(pid -> command.addAll(List.of("/proc/" + pid + "/status", "/proc/" + pid + "/cmdline")));
        return command;
    }

    /** The numbers among the names that lie in {@code /proc}. */
    static List<String> pids(String listing) {
        return listing.lines().filter(line -> line.matches("[0-9]{1,7}")).toList();
    }

    static List<RunningProcess> list(String text) {
        return Arrays.stream(text.split("(?m)^" + FIRST_LINE + "|(?<=\0)" + FIRST_LINE))
                .filter(each -> each.contains("\nPid:"))
                .map(RunningProcess::of)
                .toList();
    }

    private static RunningProcess of(String each) {
        Map<String, String> fields = each.lines()
                .map(line -> line.split(":\\s*", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip(), (one, other) -> one));
        String name = each.lines().findFirst().orElse("");
        return new RunningProcess(
                fields.getOrDefault("Pid", ""),
                fields.getOrDefault("PPid", ""),
                fields.getOrDefault("Uid", "").replaceAll("^\\S+\\s+(\\S+).*", "$1"),
                name,
                command(each));
    }

    private static String command(String each) {
        int last = each.indexOf(LAST_LINE);
        int end = last < 0 ? -1 : each.indexOf('\n', last);
        return end < 0 ? "" : each.substring(end + 1).replace('\0', ' ').strip();
    }
}
