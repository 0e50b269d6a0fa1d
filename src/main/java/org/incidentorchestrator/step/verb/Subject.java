package org.incidentorchestrator.step.verb;

import java.util.List;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.cluster.Workloads;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;

/** The workload that a step is about, as it is now, and what reads and names it. */
public record Subject(WorkloadView workload, Workloads workloads, KubectlText kubectl) {

    /** @throws StepFailure targetNotFound, or badInput */
    public static Subject find(String id, StepContext context) {
        Target target = parse(id);
        Workloads workloads = new Workloads(context.cluster());
        WorkloadView workload = workloads
                .find(target)
                .orElseThrow(() -> StepFailure.notFound(
                        target + " is not there: it was deleted since the incident was opened, or renamed.",
                        "See what has replaced it, and work on that by hand."));
        return new Subject(workload, workloads, KubectlText.of(context.cluster().cluster()));
    }

    /** @throws StepFailure badInput: what a model or a person gave is the id of nothing */
    public static Target parse(String id) {
        try {
            return Target.parse(id);
        } catch (IllegalArgumentException e) {
            throw StepFailure.badInput(
                    "The target cannot be read: " + Line.of(e.getMessage(), 300) + ".",
                    "Take the target that findTarget gave, or one that another step named.");
        }
    }

    public Target target() {
        return workload.target();
    }

    public List<PodView> pods() {
        return workloads.pods(workload).stream().map(PodView::of).toList();
    }

    /** The line that lists the pods; it goes by the selector alone, which kubectl knows. */
    public String podsLine() {
        return kubectl.list(ResourceType.PODS, Query.in(target().namespace()).selecting(selector()));
    }

    public LabelSelector selector() {
        return workload.selector().orElse(LabelSelector.EVERYTHING);
    }

    /** The name of a file that is kept of it: {@code mcp-gateway-pods.txt}. */
    public String file(String what) {
        return target().name() + "-" + what;
    }
}
