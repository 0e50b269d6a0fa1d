package org.incidentorchestrator.step.verb.breach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.FieldOwner;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PatchedField;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ScaledObjectView;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Permissions;

/**
 * How a workload is taken off so that it stays off, and what it is known by afterwards: an annotation says for which
 * incident, another what was there before.
 *
 * @param lever replicas, pausedReplicas (of KEDA's ScaledObject), nodeSelector (of a DaemonSet) or suspend (of a Job)
 * @param object what is changed; @param field what of it, as a JSON pointer; @param off its value when it is off
 */
record Isolation(String lever, KubernetesObject object, String field, JsonNode off) {
    private static final String FOR = "incident-orchestrator/isolated-for";
    private static final String BEFORE = "incident-orchestrator/isolated-from";
    private static final String NOWHERE = "/spec/template/spec/nodeSelector/incident-orchestrator~1isolated";
    private static final String PAUSED = "/metadata/annotations/" + ScaledObjectView.PAUSED_REPLICAS.replace("/", "~1");

    static final Set<Permission> PERMISSIONS = Permissions.of(
            Permissions.both(Permissions.PODS, Permissions.OWNERS),
            isolate("apps", "deployments", "/spec/replicas"),
            isolate("apps", "statefulsets", "/spec/replicas"),
            isolate("apps", "daemonsets", NOWHERE),
            isolate("batch", "jobs", "/spec/suspend"),
            isolate("keda.sh", "scaledobjects", PAUSED));

    private static Permission isolate(String group, String resource, String field) {
        return Permission.isolate(group, resource, "patch").only(field);
    }

    /** KEDA scales from 0 by itself, so that it has to be told; an autoscaler of Kubernetes is switched off by 0. */
    static Isolation of(WorkloadView workload, Scaling scaling) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (scaling.scaledObject().isPresent()) {
            return new Isolation("pausedReplicas", scaling.scaledObject().get().object(), PAUSED, json.textNode("0"));
        }
        if (workload.isDaemonSet()) {
            return new Isolation("nodeSelector", workload.object(), NOWHERE, json.textNode("true"));
        }
        return workload.isJob()
                ? new Isolation("suspend", workload.object(), "/spec/suspend", json.booleanNode(true))
                : new Isolation("replicas", workload.object(), "/spec/replicas", json.numberNode(0));
    }

    /** {@code replicas}, or {@code pausedReplicas of ScaledObject a1/gateway} where another object is changed. */
    String text() {
        boolean other = object.kind().equals(ResourceType.SCALED_OBJECTS.kind());
        return lever + (other ? " of " + object.target() : "");
    }

    boolean done() {
        return now().equals(off);
    }

    /** As JSON; {@code null} where there was nothing. */
    JsonNode now() {
        JsonNode now = object.toJson().at(field);
        return now.isMissingNode() ? JsonNodeFactory.instance.nullNode() : now;
    }

    /** Who wrote the field last. */
    Optional<FieldOwner> writer() {
        boolean custom = object.kind().equals(ResourceType.SCALED_OBJECTS.kind());
        return PatchedField.of(body(off), custom).get(0).owner(object);
    }

    ObjectNode off(String incident) {
        ObjectNode body = body(off);
        body.withObject("/metadata/annotations").put(FOR, incident).put(BEFORE, now().toString());
        return body;
    }

    Optional<String> incident() {
        return object.annotation(FOR);
    }

    /** @throws StepFailure when somebody has changed what we noted */
    ObjectNode on() {
        ObjectNode body = body(before());
        body.withObject("/metadata/annotations").putNull(FOR).putNull(BEFORE);
        return body;
    }

    /** What it was before. */
    JsonNode before() {
        String noted = object.annotation(BEFORE).orElse("");
        if (noted.matches("null|true|false|[0-9]{1,4}")) {
            return noted.equals("null")
                    ? JsonNodeFactory.instance.nullNode()
                    : noted.matches("[0-9]+")
                            ? JsonNodeFactory.instance.numberNode(Integer.parseInt(noted))
                            : JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(noted));
        }
        throw StepFailure.refused(
                "nothingNoted",
                "%s does not say what it was before it was isolated: its annotation %s is '%s'."
                        .formatted(object.target(), BEFORE, noted),
                "Look it up in the timeline of the incident, and set it by hand.");
    }

    private ObjectNode body(JsonNode value) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        int last = field.lastIndexOf('/');
        body.withObject(field.substring(0, last)).set(field.substring(last + 1).replace("~1", "/"), value);
        return body;
    }
}
