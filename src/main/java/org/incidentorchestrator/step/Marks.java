package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Apply;
import org.incidentorchestrator.cluster.Change.Patch;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PatchedField;
import org.incidentorchestrator.incident.IncidentNumber;

/** Our annotations on a changed object: by them a later look knows which step changed it last, and for what. */
public final class Marks {
    private static final String PREFIX = "incident-orchestrator/";
    public static final String STEP = PREFIX + "step";

    private static final String INCIDENT = PREFIX + "incident";
    /**
     * An apply has marks of its own: those of a patch belong to another entry of the field managers, though the name is
     * the same, and to set them to something else would be a conflict with ourselves.
     */
    public static final String APPLIED_BY = PREFIX + "applied-by-step";

    private static final String APPLIED_FOR = PREFIX + "applied-for-incident";
    /** What {@code kubectl rollout history} shows. */
    private static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

    private Marks() {}

    /** An eviction leaves no object to be marked: that the pod is gone is its mark. */
    static Change on(Change change, String mark, IncidentNumber incident, String step) {
        if (change instanceof Patch patch) {
            ObjectNode body = patch.body().deepCopy();
            annotations(body)
                    .put(STEP, mark)
                    .put(INCIDENT, incident.toString())
                    .put(CHANGE_CAUSE, incident + " " + step);
            return new Patch(patch.target(), patch.uid(), patch.resourceVersion(), body, patch.identity());
        }
        if (change instanceof Apply apply) {
            ObjectNode manifest = apply.manifest().deepCopy();
            annotations(manifest).put(APPLIED_BY, mark).put(APPLIED_FOR, incident.toString());
            return new Apply(apply.type(), apply.target(), apply.basis(), manifest, apply.identity());
        }
        return change;
    }

    /** Whether it is ours to set on every change, and so says nothing about this one. */
    static boolean isMark(PatchedField field) {
        return field.keys().size() == 3
                && List.of(STEP, INCIDENT, CHANGE_CAUSE, APPLIED_BY, APPLIED_FOR)
                        .contains(field.keys().get(2));
    }

    private static ObjectNode annotations(ObjectNode object) {
        return object.withObjectProperty("metadata").withObjectProperty("annotations");
    }

    static boolean isOn(KubernetesObject object, String mark) {
        return on(object).anyMatch(mark::equals);
    }

    /** The marks that an object carries: of the last step that patched it, and of the last that applied it. */
    public static Stream<String> on(KubernetesObject object) {
        return Stream.of(STEP, APPLIED_BY).flatMap(name -> object.annotation(name).stream());
    }

    /** For which incident it was changed last, as people write it. */
    public static Optional<String> incident(KubernetesObject object) {
        return Stream.of(INCIDENT, APPLIED_FOR)
                .flatMap(name -> object.annotation(name).stream())
                .findFirst();
    }
}
