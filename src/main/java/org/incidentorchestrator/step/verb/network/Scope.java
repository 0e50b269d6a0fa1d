package org.incidentorchestrator.step.verb.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.Endpoints;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServiceView;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;

/** The namespace that a look is about, and the workload in it, where one is named. */
record Scope(String namespace, Optional<Subject> subject, ClusterReader cluster, KubectlText kubectl) {
    /** To read what is in it. */
    static final Set<Permission> PERMISSIONS = Permissions.pods(
            Permission.look("", "services", "list"), Permission.look("discovery.k8s.io", "endpointslices", "list"));

    private static final int SHOWN = 80;

    /**
     * @param target may be empty: then it is the whole namespace
     * @throws StepFailure stepRefused for a namespace that is not ours, or a target of another one; targetNotFound
     */
    static Scope of(String namespace, String target, ClusterSettings settings, StepContext context) {
        String where = namespace == null ? "" : namespace;
        if (!settings.allows(where)) {
            throw StepFailure.refused(
                    "namespaceNotAllowed",
                    "Did not look into namespace '" + Line.of(where, SHOWN) + "': it is not one of ours.",
                    "Correct the namespace, or add it to the setting cluster.namespaces.");
        }
        Optional<Subject> subject =
                target == null || target.isEmpty() ? Optional.empty() : Optional.of(subject(target, settings, context));
        subject.filter(each -> !each.target().namespace().equals(where)).ifPresent(other -> {
            throw StepFailure.refused(
                    "badInput",
                    other.target() + " is not in namespace " + where + ", which the step was asked about.",
                    "Name the target's own namespace.");
        });
        return new Scope(
                where,
                subject,
                context.cluster(),
                KubectlText.of(context.cluster().cluster()));
    }

    /** @throws StepFailure stepRefused for what cannot be a target of ours, targetNotFound */
    static Subject subject(String id, ClusterSettings settings, StepContext context) {
        Target target;
        try {
            target = Target.parse(id);
        } catch (IllegalArgumentException malformed) {
            throw StepFailure.refused(
                    "badInput", "The target cannot be read: " + malformed.getMessage() + ".", "Correct the model.");
        }
        if (!settings.allows(target.namespace())) {
            throw StepFailure.refused(
                    "namespaceNotAllowed",
                    "Did not look at " + target + ": its namespace is not one of ours.",
                    "Look by hand, or add the namespace to the setting cluster.namespaces.");
        }
        return Subject.find(id, context);
    }

    Query all() {
        return Query.in(namespace);
    }

    List<KubernetesObject> list(ResourceType type) {
        return cluster.list(type, all());
    }

    String line(ResourceType type) {
        return kubectl.list(type, all());
    }

    /** Those of the namespace; with a workload those that select its pods, or bear its name and select none of them. */
    List<ServiceView> services() {
        return list(ResourceType.SERVICES).stream()
                .map(ServiceView::new)
                .filter(this::includes)
                .toList();
    }

    private boolean includes(ServiceView service) {
        return subject.isEmpty()
                || Endpoints.selects(service.service(), subject.get().workload())
                || service.name().equals(subject.get().target().name());
    }

    /** Of what is kept: {@code mcp-gateway-endpoints.txt}, {@code a1-orchestrator-endpoints.txt}. */
    String file(String what) {
        return subject.map(each -> each.file(what)).orElse(namespace + "-" + what);
    }

    @Override
    public String toString() {
        return subject.map(each -> each.target().toString()).orElse("namespace " + namespace);
    }
}
