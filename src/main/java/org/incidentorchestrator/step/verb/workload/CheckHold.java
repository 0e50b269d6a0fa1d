package org.incidentorchestrator.step.verb.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.FieldOwner;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PatchedField;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RecordedChange;
import org.incidentorchestrator.step.RecordedChanges;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.springframework.stereotype.Component;

/**
 * Looks whether a change that was made still holds, and who has taken it back: Argo CD, an autoscaler and KEDA do so
 * within seconds, and say nothing. The object's field managers say who wrote a field last.
 */
@RunbookLines({"D04", "D05", "M04", "M05", "C04", "X04", "L03", "I01"})
@Component
final class CheckHold implements Step<CheckHold.Input, CheckHold.Output> {
    private final RecordedChanges changes;

    CheckHold(RecordedChanges changes) {
        this.changes = changes;
    }

    /** @param target id of what was changed, as the change's step gave it; @param step its name: {@code scaleWorkload} */
    record Input(String target, String step) {}

    /**
     * @param holds held, reverted (it is again as before), changedByOther (it is something else), or unknown (the object
     *     is gone)
     * @param by argoCd, autoscaler, keda, person, self (another step of ours), other or unknown; empty when held
     * @param byText one line
     */
    record Output(String holds, String by, String byText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Recorded recorded = Recorded.find(in.target(), in.step(), changes, context);
        if (recorded.change().set().isEmpty()) {
            throw StepFailure.refused(
                    "nothingToHold",
                    "What %s did to %s leaves nothing that could be looked at.".formatted(in.step(), recorded.target()),
                    "Look at the workload: checkRecovery.");
        }
        Output output = recorded.same()
                .map(object -> look(recorded, object))
                .orElseGet(() ->
                        new Output("unknown", "unknown", recorded.target() + " is gone, or was deleted and made anew"));
        return Plan.look(output.byText, output)
                .kubectl(KubectlText.of(context.cluster().cluster())
                        .get(
                                recorded.type(),
                                recorded.target().namespace(),
                                recorded.target().name()));
    }

    private static Output look(Recorded recorded, KubernetesObject object) {
        RecordedChange change = recorded.change();
        JsonNode now = object.toJson();
        List<PatchedField> lost =
                matter(change.set()).stream().filter(field -> !field.holds(now)).toList();
        if (lost.isEmpty()) {
            return new Output("held", "", "What %s set on %s holds".formatted(change.step(), change.target()));
        }
        PatchedField first = lost.get(0);
        Optional<FieldOwner> owner = first.owner(object);
        boolean reverted = change.undo()
                .filter(undo -> PatchedField.of(undo, recorded.type().custom()).stream()
                        .filter(field -> field.isAt(first))
                        .allMatch(field -> field.holds(now)))
                .isPresent();
        String text = "%s of %s was set to %s and is %s %s, by %s"
                .formatted(
                        first.text(),
                        change.target(),
                        first.value(),
                        first.in(now).isMissingNode() ? "absent" : first.in(now),
                        reverted ? "again" : "now",
                        owner.map(FieldOwner::text).orElse("somebody who left no trace"));
        return new Output(
                reverted ? "reverted" : "changedByOther",
                owner.map(FieldOwner::word).orElse("unknown"),
                Line.of(text, Line.MODEL));
    }

    /** What is noted on an object beside a change of its spec may go: whoever takes a lease away lets the change last. */
    private static List<PatchedField> matter(List<PatchedField> set) {
        List<PatchedField> spec = set.stream()
                .filter(field -> !field.keys().get(0).equals("metadata"))
                .toList();
        return spec.isEmpty() ? set : spec;
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.CHANGEABLE;
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
