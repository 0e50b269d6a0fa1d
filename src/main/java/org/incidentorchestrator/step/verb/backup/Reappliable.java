package org.incidentorchestrator.step.verb.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.KubernetesObject;

/**
 * An object as it can be applied to an empty namespace: without its status, without what the server sets, and without
 * what binds it to one cluster (addresses, nodes, volumes, uids of owners).
 */
final class Reappliable {
    private static final List<String> BOOKKEEPING = List.of(
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "managedFields",
            "selfLink",
            // Of owners that control nothing: with the uid of an object that is gone, the object would be collected.
            "ownerReferences");

    private static final Set<String> ANNOTATIONS = Set.of(
            // Holds a secret's values in plain text.
            "kubectl.kubernetes.io/last-applied-configuration",
            "deployment.kubernetes.io/revision",
            "deprecated.daemonset.template.generation",
            "endpoints.kubernetes.io/last-change-trigger-time",
            "pv.kubernetes.io/bind-completed",
            "pv.kubernetes.io/bound-by-controller",
            "volume.beta.kubernetes.io/storage-provisioner",
            "volume.kubernetes.io/storage-provisioner",
            "volume.kubernetes.io/selected-node");

    private static final Set<String> FINALIZERS =
            Set.of("kubernetes.io/pvc-protection", "foregroundDeletion", "orphan");

    private static final List<String> LABELS_OF_A_JOB =
            List.of("controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name");

    private Reappliable() {}

    static KubernetesObject of(KubernetesObject object) {
        ObjectNode tree = object.toJson();
        tree.remove("status");
        ObjectNode metadata = tree.withObject("/metadata");
        metadata.remove(BOOKKEEPING);
        removeFrom(metadata, "annotations", ANNOTATIONS);
        without(metadata, "finalizers", finalizer -> FINALIZERS.contains(finalizer.asText()));
        if (tree.path("spec") instanceof ObjectNode spec) {
            ofKind(object, spec);
        }
        if (object.kind().equals("Namespace")) {
            tree.remove("spec");
        }
        return KubernetesObject.of(tree);
    }

    private static void ofKind(KubernetesObject object, ObjectNode spec) {
        switch (object.kind()) {
            case "Service" -> addresses(spec);
            case "PersistentVolumeClaim" -> spec.remove("volumeName");
            case "Pod" -> pod(spec);
            case "Job" -> job(spec);
            default -> {
                // Nothing of its own.
            }
        }
    }

    /** "None" is a choice, and not an address. */
    private static void addresses(ObjectNode spec) {
        if (!spec.path("clusterIP").asText().equals("None")) {
            spec.remove(List.of("clusterIP", "clusterIPs"));
        }
        spec.remove("healthCheckNodePort");
    }

    /** The volume with the token of its service account is hung into each pod anew, under another name. */
    private static void pod(ObjectNode spec) {
        spec.remove("nodeName");
        without(spec, "volumes", volume -> volume.path("name").asText().startsWith("kube-api-access-"));
        for (String containers : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(containers)) {
                without((ObjectNode) container, "volumeMounts", mount -> mount.path("name")
                        .asText()
                        .startsWith("kube-api-access-"));
            }
        }
        spec.remove("ephemeralContainers");
    }

    /** A selector that the server has made is refused when somebody sends it. */
    private static void job(ObjectNode spec) {
        if (!spec.path("manualSelector").asBoolean()) {
            spec.remove("selector");
            if (spec.at("/template/metadata/labels") instanceof ObjectNode labels) {
                labels.remove(LABELS_OF_A_JOB);
            }
        }
    }

    private interface Unwanted {
        boolean is(JsonNode element);
    }

    private static void without(ObjectNode parent, String list, Unwanted unwanted) {
        JsonNode elements = parent.path(list);
        for (Iterator<JsonNode> each = elements.elements(); each.hasNext(); ) {
            if (unwanted.is(each.next())) {
                each.remove();
            }
        }
        if (elements.isArray() && elements.isEmpty()) {
            parent.remove(list);
        }
    }

    private static void removeFrom(ObjectNode parent, String map, Set<String> keys) {
        if (parent.path(map) instanceof ObjectNode values) {
            values.remove(keys);
            if (values.isEmpty()) {
                parent.remove(map);
            }
        }
    }
}
