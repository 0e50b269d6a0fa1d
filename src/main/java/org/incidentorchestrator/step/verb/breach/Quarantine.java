package org.incidentorchestrator.step.verb.breach;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.LabelSelector.Operator;
import org.incidentorchestrator.cluster.LabelSelector.Requirement;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.StepContext;

/**
 * By what a quarantined pod is known: a label with the incident, which the deny-all policy selects and nothing else does;
 * an annotation with the workload it was taken from; another with the labels that it had.
 *
 * @param incident {@code INC-7}
 */
record Quarantine(String incident) {
    static final String LABEL = "incident-orchestrator/quarantine";
    static final String MARK = "/metadata/labels/incident-orchestrator~1quarantine";
    /** The fields of {@link #denyAll}: one that lets something through has more. */
    static final String[] DENY_ALL = {
        MARK,
        "/metadata/ownerReferences",
        "/spec/podSelector/matchLabels/incident-orchestrator~1quarantine",
        "/spec/policyTypes"
    };

    private static final String FROM = "incident-orchestrator/quarantined-from";
    private static final String LABELS = "incident-orchestrator/quarantined-labels";

    static Quarantine of(StepContext context) {
        return new Quarantine(
                context.incident().map(incident -> incident.number().toString()).orElse("none"));
    }

    /** The pods that were taken from a workload, for whatever incident, and that are still there. */
    static List<KubernetesObject> pods(Target from, ClusterReader cluster) {
        LabelSelector any = new LabelSelector(List.of(new Requirement(LABEL, Operator.EXISTS, Set.of())));
        return cluster.list(ResourceType.PODS, Query.in(from.namespace()).selecting(any)).stream()
                .filter(pod -> pod.annotation(FROM).filter(from.id()::equals).isPresent())
                .toList();
    }

    /** Those of this incident. */
    List<KubernetesObject> own(Target from, ClusterReader cluster) {
        return pods(from, cluster).stream()
                .filter(pod -> incident.equals(pod.labels().get(LABEL)))
                .toList();
    }

    /**
     * Every label goes, not only those that its owner, services and policies are seen to select on: what meshes, network
     * plugins and operators of other kinds select on is not known here.
     */
    ObjectNode relabelled(KubernetesObject pod, Target from) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode had = JsonNodeFactory.instance.objectNode();
        ObjectNode labels = body.withObject("/metadata/labels");
        pod.labels().forEach((name, value) -> {
            labels.putNull(name);
            had.put(name, value);
        });
        labels.put(LABEL, incident);
        body.withObject("/metadata/annotations").put(FROM, from.id()).put(LABELS, had.toString());
        return body;
    }

    /** Nothing in, nothing out. It is owned by the pod, so that it lasts exactly as long: Kubernetes ends it with it. */
    ObjectNode denyAll(KubernetesObject pod) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        policy.put("apiVersion", ResourceType.NETWORK_POLICIES.apiVersion())
                .put("kind", ResourceType.NETWORK_POLICIES.kind());
        ObjectNode metadata = policy.putObject("metadata");
        metadata.put("name", policy(pod).name()).put("namespace", pod.namespace());
        metadata.putObject("labels").put(LABEL, incident);
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("name", pod.name())
                .put("uid", pod.uid());
        ObjectNode spec = policy.putObject("spec");
        spec.putObject("podSelector").putObject("matchLabels").put(LABEL, incident);
        spec.putArray("policyTypes").add("Ingress").add("Egress");
        return policy;
    }

    static Target policy(KubernetesObject pod) {
        return new Target(ResourceType.NETWORK_POLICIES.kind(), pod.namespace(), "quarantine-" + pod.name());
    }

    /** As it will be: for asking who would select it then. */
    KubernetesObject asQuarantined(KubernetesObject pod) {
        ObjectNode then = pod.toJson();
        ((ObjectNode) then.get("metadata")).putObject("labels").put(LABEL, incident);
        return KubernetesObject.of(then);
    }
}
