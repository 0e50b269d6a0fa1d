package org.incidentorchestrator.step.verb.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Fields;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.springframework.stereotype.Component;

/**
 * Takes a change back that was made for the incident: sets what was there before, as the ledger has it. Only where all
 * is still as the change has set it: what somebody has changed since is theirs. A lease goes with it. It may be done
 * once the incident has ended.
 */
@RunbookLines({"D05", "M04", "M05", "C04"})
@Component
final class UndoChange implements Step<UndoChange.Input, UndoChange.Output> {
    private final RecordedChanges changes;

    UndoChange(RecordedChanges changes) {
        this.changes = changes;
    }

    /** @param target id of what was changed, as the change's step gave it; @param step its name: {@code scaleWorkload} */
    record Input(String target, String step) {}

    /** @param undone the fields that are set back, in one line; @param changedAt when the change was made */
    record Output(String undone, Instant changedAt) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Recorded recorded = Recorded.find(in.target(), in.step(), changes, context);
        RecordedChange change = recorded.change();
        JsonNode undo = change.undo()
                .orElseThrow(() -> StepFailure.refused(
                        "noUndo",
                        "What %s did to %s cannot be taken back.".formatted(in.step(), recorded.target()),
                        "See what it did in the timeline, and decide by hand."));
        KubernetesObject object = recorded.same()
                .orElseThrow(() -> StepFailure.notFound(
                        recorded.target() + " is not there any more, or was deleted and made anew.",
                        "Nothing is left to be taken back."));
        refuseChanged(change, undo, object, recorded.type().custom());
        String fields = change.set().stream().map(PatchedField::text).collect(Collectors.joining(", "));
        return Plan.change(
                "Take back what %s did to %s at %s: %s"
                        .formatted(in.step(), recorded.target(), change.at(), Line.of(fields, Line.MODEL)),
                Effects.patch(object, "undo", (ObjectNode) undo.deepCopy()),
                KubectlText.of(context.cluster().cluster()).patch(recorded.type(), recorded.target(), undo),
                new Output(Line.of(fields, Line.MODEL), change.at()));
    }

    private static void refuseChanged(RecordedChange change, JsonNode undo, KubernetesObject object, boolean custom) {
        JsonNode now = object.toJson();
        List<PatchedField> others =
                change.set().stream().filter(field -> !field.holds(now)).toList();
        if (others.isEmpty()) {
            return;
        }
        if (PatchedField.of(undo, custom).stream().allMatch(field -> field.holds(now))) {
            throw StepFailure.refused(
                    "alreadyUndone",
                    "%s is already as it was before %s.".formatted(change.target(), change.step()),
                    "Nothing is to be done.");
        }
        PatchedField first = others.get(0);
        throw StepFailure.refused(
                "changedSince",
                "%s of %s was set to %s, and is %s now%s."
                        .formatted(
                                first.text(),
                                change.target(),
                                Line.of(first.value().toString(), 80),
                                Line.of(
                                        first.in(now).isMissingNode()
                                                ? "absent"
                                                : first.in(now).toString(),
                                        80),
                                first.owner(object)
                                        .map(FieldOwner::text)
                                        .map(by -> ", by " + by)
                                        .orElse("")),
                "Ask who changed it; set it by hand to what it should have.");
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.both(
                Permissions.both(Permissions.CHANGEABLE, Permissions.OWNERS),
                Set.of(
                        Permission.change("apps", "deployments", "patch").only(Fields.REPLICAS_AND_MEMORY),
                        Permission.change("apps", "statefulsets", "patch").only(Fields.REPLICAS_AND_MEMORY),
                        Permission.change("apps", "daemonsets", "patch").only(Fields.MEMORY),
                        Permission.change("batch", "cronjobs", "patch").only(Fields.SUSPENDED),
                        Permission.change("autoscaling", "horizontalpodautoscalers", "patch")
                                .only(Fields.BOUNDS),
                        Permission.change("keda.sh", "scaledobjects", "patch").only(Fields.COUNTS),
                        Permission.change("argoproj.io", "applications", "patch")
                                .only(Fields.SELF_HEAL)));
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
    public boolean givesBack() {
        return true;
    }
}
