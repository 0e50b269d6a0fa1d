package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.incidentorchestrator.step.verb.network.Programs.Ran;
import org.springframework.stereotype.Component;

/**
 * Keeps the list of processes of every running container of a workload's pods, before an isolation ends them. It is read
 * from {@code /proc}, where {@code ps} reads it, which images rarely have. Processes that end in between are left out.
 */
@RunbookLines("I02")
@Component
final class ListProcesses implements Step<ListProcesses.Input, ListProcesses.Output> {
    private static final List<String> NAMES = List.of("ls", "/proc");
    /** Two files each, on one command line. */
    private static final int MOST = 200;

    private final ClusterSettings settings;

    ListProcesses(ClusterSettings settings) {
        this.settings = settings;
    }

    record Input(String target) {}

    /** @param known whether every running container could be asked, and has no more than 200 */
    record Output(boolean known, int containers, int processes, String processesText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Scope scope = Scope.inside(in.target(), settings, context);
        Subject subject = scope.workload();
        Programs programs = new Programs(scope);
        Table table = Table.of("POD", "CONTAINER", "PID", "PPID", "USER", "NAME", "COMMAND");
        List<String> unknown = new ArrayList<>();
        int containers = 0;
        int processes = 0;
        for (PodView pod : subject.pods()) {
            for (String container : Programs.running(pod)) {
                List<RunningProcess> found = read(pod, container, programs, unknown);
                containers += found.isEmpty() ? 0 : 1;
                processes += found.size();
                found.forEach(each -> table.row(
                        pod.name(), container, each.pid(), each.parent(), each.user(), each.name(), each.command()));
            }
        }
        Output output = output(containers, processes, unknown);
        return new Plan<>(
                "%s: %s".formatted(subject.target(), output.processesText),
                List.of(),
                programs.lines(),
                List.of(Artefact.text(
                        subject.file("processes.txt"),
                        programs.source(),
                        (table + String.join("\n", unknown)).strip() + "\n")),
                output);
    }

    private static List<RunningProcess> read(PodView pod, String container, Programs programs, List<String> unknown) {
        Ran names = programs.in(pod, container, NAMES);
        if (!(names instanceof Ran.Ended listed)) {
            unknown.add(names.toString());
            return List.of();
        }
        List<String> pids = RunningProcess.pids(listed.answer().out());
        if (pids.size() > MOST) {
            unknown.add(pod.name() + ": of " + pids.size() + " processes " + MOST + " were read");
        }
        // Without a process there would be nothing to name, and cat would wait for its input.
        Ran files = pids.isEmpty()
                ? new Ran.Not(pod.name(), "its /proc lists no process")
                : programs.in(
                        pod,
                        container,
                        RunningProcess.read(pids.stream().limit(MOST).toList()));
        if (files instanceof Ran.Ended read) {
            // Its exit code only says that some have ended meanwhile, such as the ls before.
            return RunningProcess.list(read.answer().out());
        }
        unknown.add(files.toString());
        return List.of();
    }

    private static Output output(int containers, int processes, List<String> unknown) {
        String some = unknown.isEmpty() ? "" : "; not known of " + unknown.size() + " containers: " + unknown.get(0);
        String text = containers == 0
                ? "its processes are not known" + (unknown.isEmpty() ? ": no container runs" : "")
                : "kept " + processes + " processes of " + containers + " containers";
        return new Output(unknown.isEmpty() && containers > 0, containers, processes, Line.of(text + some, Line.MODEL));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.both(Permissions.PODS, Scope.EXEC);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
