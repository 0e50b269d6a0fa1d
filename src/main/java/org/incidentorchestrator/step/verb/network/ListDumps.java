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
 * Looks for memory dumps in {@code /tmp} of every running container of a workload's pods, with their sizes. It copies
 * none: they hold what was in memory, secrets too, and may have many gigabytes. They go with the pod: who needs one copies
 * it before the restart.
 */
@RunbookLines("L02")
@Component
final class ListDumps implements Step<ListDumps.Input, ListDumps.Output> {
    private static final List<String> READ = List.of("ls", "-la", "/tmp");

    private final ClusterSettings settings;

    ListDumps(ClusterSettings settings) {
        this.settings = settings;
    }

    record Input(String target) {}

    /**
     * @param known whether every running container could be asked
     * @param largestBytes 0 without any
     * @param dumpsText one line
     */
    record Output(boolean known, int dumps, long largestBytes, long totalBytes, String dumpsText) {}

    private record Dump(String pod, String container, FolderEntry entry) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Scope scope = Scope.inside(in.target(), settings, context);
        Subject subject = scope.workload();
        Programs programs = new Programs(scope);
        List<Dump> dumps = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        StringBuilder listings = new StringBuilder();
        List<PodView> pods = subject.pods();
        for (PodView pod : pods) {
            for (String container : Programs.running(pod)) {
                Ran ran = programs.in(pod, container, READ);
                if (ran instanceof Ran.Ended ended && ended.answer().ok()) {
                    String listing = ended.answer().out();
                    listings.append(pod.name() + "/" + container + ":\n" + listing + "\n");
                    listing.lines()
                            .flatMap(line -> FolderEntry.of(line).stream())
                            .filter(FolderEntry::dump)
                            .forEach(entry -> dumps.add(new Dump(pod.name(), container, entry)));
                } else {
                    unknown.add(why(ran));
                }
            }
        }
        Output output = output(dumps, listings.length() > 0, unknown);
        String text = table(dumps) + "\n" + listings + String.join("\n", unknown);
        return new Plan<>(
                "%s: %s".formatted(subject.target(), output.dumpsText),
                List.of(),
                programs.lines(),
                List.of(Artefact.text(subject.file("tmp.txt"), programs.source(), text.strip() + "\n")),
                output);
    }

    private static String why(Ran ran) {
        return ran instanceof Ran.Ended ended
                ? ended.query().pod() + ": " + Line.of(ended.answer().err(), Line.MODEL)
                : ran.toString();
    }

    private static Output output(List<Dump> dumps, boolean listed, List<String> unknown) {
        long largest =
                dumps.stream().mapToLong(dump -> dump.entry.bytes()).max().orElse(0);
        long total = dumps.stream().mapToLong(dump -> dump.entry.bytes()).sum();
        String some = unknown.isEmpty() ? "" : "; not known of " + unknown.size() + " containers: " + unknown.get(0);
        String text = listed ? found(dumps, total) : "whether dumps lie in /tmp is not known";
        String none = !listed && unknown.isEmpty() ? "; no container runs" : some;
        return new Output(listed && unknown.isEmpty(), dumps.size(), largest, total, Line.of(text + none, Line.MODEL));
    }

    private static String found(List<Dump> dumps, long total) {
        return dumps.isEmpty()
                ? "no dump lies in /tmp"
                : "%d dumps of %d MiB lie in /tmp, such as %s of pod %s; they go with the pod, copy them before a restart"
                        .formatted(dumps.size(), total >> 20, dumps.get(0).entry.name(), dumps.get(0).pod);
    }

    private static Table table(List<Dump> dumps) {
        Table table = Table.of("POD", "CONTAINER", "FILE", "BYTES");
        dumps.forEach(dump -> table.row(dump.pod, dump.container, dump.entry.name(), dump.entry.bytes()));
        return table;
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
