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
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Reach;
import org.incidentorchestrator.step.verb.Refusals;
import org.incidentorchestrator.step.verb.Subject;

/** The namespace that a look is about, and the workload in it, where one is named. */
record Scope(String namespace, Optional<Subject> subject, ClusterReader cluster, KubectlText kubectl) {
    /** To read what is in it. */
    static final Set<Permission> PERMISSIONS = Permissions.pods(
            Permission.look("", "services", "list"), Permission.look("discovery.k8s.io", "endpointslices", "list"));

    /** To run programs in pods; which of the two is asked for depends on the release of the API server. */
    static final Set<Permission> EXEC =
            Set.of(Permission.look("", "pods/exec", "get"), Permission.look("", "pods/exec", "create"));

    /**
     * @param target may be empty: then it is the whole namespace
     * @throws StepFailure stepRefused for a namespace that is not to be looked at, or a target of another one;
     *     targetNotFound
     */
    static Scope of(String namespace, String target, Reach reach, StepContext context) {
        reach.require(namespace);
        Optional<Subject> subject =
                target == null || target.isEmpty() ? Optional.empty() : Optional.of(Subject.find(target, context));
        subject.filter(each -> !each.target().namespace().equals(namespace)).ifPresent(other -> {
            throw StepFailure.badInput(
                    other.target() + " is not in namespace " + namespace + ", which the step was asked about.",
                    "Name the target's own namespace.");
        });
        return of(namespace, subject, context);
    }

    /**
     * Of a workload in whose pods programs are to be run: nowhere but in namespaces that are ours.
     *
     * @throws StepFailure stepRefused, targetNotFound
     */
    static Scope inside(String id, ClusterSettings settings, StepContext context) {
        Target target = Subject.parse(id);
        Refusals.refuse(
                !settings.allows(target.namespace()),
                "namespaceNotAllowed",
                "No program was run in " + target + ": its namespace is not one of ours.",
                "Look by hand, or add the namespace to the setting cluster.namespaces.");
        return of(target.namespace(), Optional.of(Subject.find(id, context)), context);
    }

    private static Scope of(String namespace, Optional<Subject> subject, StepContext context) {
        return new Scope(
                namespace,
                subject,
                context.cluster(),
                KubectlText.of(context.cluster().cluster()));
    }

    /** The same namespace without its workload. */
    Scope whole() {
        return new Scope(namespace, Optional.empty(), cluster, kubectl);
    }

    Subject workload() {
        return subject.orElseThrow();
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
