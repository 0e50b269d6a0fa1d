package org.incidentorchestrator.step.verb.pod;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.OomKill;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the processes that were killed for want of memory, in what the API tells: the last ends of containers, and the
 * events of nodes. The written command reads one node's kernel log, which takes root there; what only that would have
 * told is named as not asked, so that "none found" is not read as "none".
 */
@RunbookLines("E02")
@Component
final class FindOomKills implements Step<FindOomKills.Input, FindOomKills.Output> {
    private final Reach reach;

    FindOomKills(Reach reach) {
        this.reach = reach;
    }

    /** @param namespace whose pods are looked at; may be null or empty for all of ours */
    record Input(@Nullable String namespace) {}

    /**
     * @param oomKills of containers, as far as their last and present states tell
     * @param sigkills ends with exit code 137 that do not say why
     * @param nodeOoms events of nodes of the last hour; -1 unknown
     * @param oomText who was killed and when; one line, empty when nobody
     * @param sourcesAsked and those that were not, each in one line
     */
    record Output(
            int oomKills, int sigkills, int nodeOoms, String oomText, String sourcesAsked, String sourcesNotAsked) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        List<String> namespaces = reach.namespaces(in.namespace());
        OomSources sources = new OomSources(context.cluster());
        List<OomKill> kills = sources.ofPods(namespaces);
        Optional<List<EventView>> events = sources.ofNodes();
        Output output = output(kills, events, sources);
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        String eventsLine =
                kubectl.list(ResourceType.EVENTS, Query.in("default").where("involvedObject.kind", "Node"));
        Plan<Output> plan = Plan.look(summary(output), output);
        for (String namespace : namespaces) {
            plan = plan.kubectl(kubectl.list(ResourceType.PODS, Query.in(namespace)));
        }
        return plan.kubectl(eventsLine)
                .keeping(Artefact.text(
                        "oom-kills.txt", String.join("; ", plan.kubectl()), report(kills, events, output)));
    }

    private static Output output(List<OomKill> kills, Optional<List<EventView>> events, OomSources sources) {
        List<OomKill> certain = kills.stream().filter(OomKill::certain).toList();
        String text = Stream.concat(
                        certain.stream().map(OomKill::line),
                        events.stream().flatMap(List::stream).map(EventView::line))
                .collect(Collectors.joining("; "));
        return new Output(
                certain.size(),
                kills.size() - certain.size(),
                events.map(List::size).orElse(-1),
                Line.of(text, Line.MODEL),
                Line.of(String.join("; ", sources.asked()), Line.MODEL),
                Line.of(String.join("; ", sources.notAsked()), Line.MODEL));
    }

    private static String report(List<OomKill> kills, Optional<List<EventView>> events, Output output) {
        return "Containers:\n" + OomKill.table(kills).toString().indent(2)
                + "Events of nodes:\n"
                + EventView.table(events.orElse(List.of())).toString().indent(2)
                + "Asked: " + output.sourcesAsked + "\n"
                + "Not asked: " + output.sourcesNotAsked + "\n";
    }

    private static String summary(Output output) {
        String ofNodes = output.nodeOoms < 0 ? "an unknown number of" : String.valueOf(output.nodeOoms);
        return "Found %d ends of containers for want of memory, %d by a SIGKILL that does not say why, %s events of nodes"
                        .formatted(output.oomKills, output.sigkills, ofNodes)
                + "; not asked: " + Line.of(output.sourcesNotAsked, 200);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("", "pods", "list"),
                Permission.look("", "events", "list").at(Place.OF_NODES));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
