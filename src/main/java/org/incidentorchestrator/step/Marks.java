package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Patch;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.incident.IncidentNumber;

/** Our annotations on a changed object: by them a later look knows which step changed it last, and for what. */
final class Marks {
    static final String STEP = "incident-orchestrator/step";
    private static final String INCIDENT = "incident-orchestrator/incident";
    /** What {@code kubectl rollout history} shows. */
    private static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

    private Marks() {}

    /** An eviction leaves no object to be marked: that the pod is gone is its mark. */
    static Change on(Change change, String mark, IncidentNumber incident, String step) {
        if (!(change instanceof Patch patch)) {
            return change;
        }
        ObjectNode body = patch.body().deepCopy();
        ObjectNode annotations = body.withObjectProperty("metadata").withObjectProperty("annotations");
        annotations.put(STEP, mark);
        annotations.put(INCIDENT, incident.toString());
        annotations.put(CHANGE_CAUSE, incident + " " + step);
        return new Patch(patch.target(), patch.uid(), patch.resourceVersion(), body, patch.identity());
    }

    static boolean isOn(KubernetesObject object, String mark) {
        return object.annotation(STEP).filter(mark::equals).isPresent();
    }
}
