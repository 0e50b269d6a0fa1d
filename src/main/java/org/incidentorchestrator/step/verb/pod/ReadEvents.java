package org.incidentorchestrator.step.verb.pod;

import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Workloads;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.springframework.stereotype.Component;

/** Reads the events of a namespace, and counts the warnings about a workload, its replica sets and its pods, those that are gone
 * too. They live for an hour: capture them early. Sorted by the time they have, because {@code lastTimestamp} may be
 * null. */
@RunbookLines("D02")
@Component
final class ReadEvents implements Step<ReadEvents.Input, ReadEvents.Output> {
    private final ClusterSettings settings;

    ReadEvents(ClusterSettings settings) {
        this.settings = settings;
    }

    /** @param target may be empty: then every event of the namespace counts */
    record Input(String namespace, String target) {}

    /** @param lastWarning one line, empty when there is none */
    record Output(int warnings, String lastWarning) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        if (in.namespace() == null || !settings.allows(in.namespace())) {
            return Plan.look(
                    "Read no events: '%s' is not one of our namespaces (setting cluster.namespaces)"
                            .formatted(Line.of(String.valueOf(in.namespace()), 80)),
                    new Output(0, ""));
        }
        Query query = Query.in(in.namespace());
        List<KubernetesObject> events = context.cluster().list(ResourceType.EVENTS, query);
        Relatives relatives = Relatives.of(in.target(), new Workloads(context.cluster()));
        List<EventView> warnings = EventView.sorted(events).stream()
                .filter(EventView::warning)
                .filter(relatives::include)
                .toList();
        String last =
                warnings.isEmpty() ? "" : warnings.get(warnings.size() - 1).line();
        String line = KubectlText.of(context.cluster().cluster()).list(ResourceType.EVENTS, query);
        return Plan.look(
                        "Read %d events of namespace %s, %d of them warnings about %s"
                                .formatted(events.size(), in.namespace(), warnings.size(), relatives.name()),
                        new Output(warnings.size(), Line.of(last, Line.MODEL)))
                .kubectl(line)
                .keeping(Artefact.text(
                        in.namespace() + "-events.txt",
                        line,
                        EventView.table(EventView.sorted(events)).toString()))
                .keeping(Kept.json(in.namespace() + "-events.json", line, events));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(Permission.look("", "events", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
