package org.incidentorchestrator.step.verb.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.verb.Declaration;

/**
 * One object of a file of manifests, and what the cluster has of that name.
 *
 * @param now empty when there is none yet
 */
record Manifest(ResourceType type, Target target, ObjectNode tree, Optional<KubernetesObject> now) {

    boolean makes() {
        return now.isEmpty();
    }

    Effect effect() {
        return new Declaration(type, target, tree, now).effect(Identity.RESTORE, "apply");
    }
}
