package org.incidentorchestrator.step.verb.pod;

import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/** Lists the pods of a workload, as {@code kubectl get pods} does, with the status word that kubectl makes of a pod. */
@RunbookLines({"Q04", "D01"})
@Component
final class ListPods implements Step<ListPods.Input, ListPods.Output> {

    record Input(String target) {}

    /** @param restarts of all containers, as long as the pods live */
    record Output(int pods, int readyPods, int restarts) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<PodView> pods = subject.pods();
        int ready = (int) pods.stream().filter(PodView::ready).count();
        var output = new Output(
                pods.size(), ready, pods.stream().mapToInt(PodView::restarts).sum());
        String line = subject.podsLine();
        return Plan.look(
                        "%d of %d pods of %s are ready, %d restarts"
                                .formatted(ready, output.pods, subject.target(), output.restarts),
                        output)
                .kubectl(line)
                .keeping(Artefact.text(
                        subject.file("pods.txt"),
                        line,
                        PodView.table(pods, context.plannedAt()).toString()))
                .keeping(Kept.json(
                        subject.file("pods.json"),
                        line,
                        pods.stream().map(PodView::pod).toList()));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.PODS;
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
