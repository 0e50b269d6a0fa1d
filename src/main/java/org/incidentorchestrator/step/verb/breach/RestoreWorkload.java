package org.incidentorchestrator.step.verb.breach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Refusals;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Lets a workload that was isolated run again, as it was before by what was noted on it. To bring something back that
 * was taken off as a danger is as grave as to take it off: it needs a second person's approval. It may be done once the
 * incident has ended. Undone by isolateWorkload.
 */
@RunbookLines("I03")
@Component
final class RestoreWorkload implements Step<RestoreWorkload.Input, RestoreWorkload.Output> {
    record Input(String target) {}

    /** @param to what it is set to, as it was before; @param isolatedFor {@code INC-7} */
    record Output(String changed, String to, String isolatedFor) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        Isolation isolation = Isolation.of(subject.workload(), Scaling.of(subject.target(), context.cluster()));
        String incident = isolation
                .incident()
                .orElseThrow(() -> StepFailure.refused(
                        "notIsolated",
                        "%s was not isolated by this program."
                                .formatted(isolation.object().target()),
                        "Ask who took it off; what it should have is theirs to say."));
        Refusals.refuse(
                !isolation.done(),
                "changedSince",
                "%s was isolated for %s, and somebody has changed it since."
                        .formatted(isolation.object().target(), incident),
                "Ask who it was; set it by hand to what it should have.");
        ObjectNode body = isolation.on();
        String to = isolation.before().isNull() ? "none" : isolation.before().asText();
        return Plan.change(
                "Restore %s, which was isolated for %s, by %s: %s"
                        .formatted(subject.target(), incident, isolation.text(), to),
                Effects.patchForGoodAs(Identity.ISOLATE, isolation.object(), "restore", body),
                subject.kubectl().patch(isolation.object(), body),
                new Output(isolation.object().target().id(), to, incident));
    }

    @Override
    public Set<Permission> permissions() {
        return Isolation.PERMISSIONS;
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public boolean needsApproval() {
        return true;
    }

    @Override
    public boolean givesBack() {
        return true;
    }
}
