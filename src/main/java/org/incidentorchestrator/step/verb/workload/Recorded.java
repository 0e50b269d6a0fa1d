package org.incidentorchestrator.step.verb.workload;

import java.util.Optional;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.RecordedChange;
import org.incidentorchestrator.step.RecordedChanges;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Subject;

/** A change that was made for the incident, and the object as it is now. */
record Recorded(RecordedChange change, ResourceType type, Optional<KubernetesObject> object) {

    /** @throws StepFailure badInput, or refused when nothing is recorded */
    static Recorded find(String id, String step, RecordedChanges changes, StepContext context) {
        Target target = Subject.parse(id);
        ResourceType type = ResourceType.ofKind(target.kind())
                .orElseThrow(() -> StepFailure.badInput(
                        "No step changes a " + target.kind() + ".", "Name what the step says that it changed."));
        RecordedChange change = context.incident()
                .flatMap(incident -> changes.last(incident.number(), String.valueOf(step), target))
                .orElseThrow(() -> StepFailure.refused(
                        "nothingRecorded",
                        "%s has not changed %s for this incident, or only in a rehearsal.".formatted(step, target),
                        "Name a step that did, and the object that it says it changed."));
        return new Recorded(change, type, context.cluster().get(type, target.namespace(), target.name()));
    }

    Target target() {
        return change.target();
    }

    /** Empty when it is gone, or was deleted and made anew. */
    Optional<KubernetesObject> same() {
        return object.filter(now -> change.uid().isEmpty() || now.uid().equals(change.uid()));
    }
}
