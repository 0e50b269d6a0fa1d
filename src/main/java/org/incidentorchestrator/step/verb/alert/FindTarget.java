package org.incidentorchestrator.step.verb.alert;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.AutoscalerView;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.Endpoints;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.springframework.stereotype.Component;

/**
 * Finds the object that an alert is about: the workload of that name, else the one whose pods the service of that name
 * selects, else the one that the autoscaler of that name scales. What an alert says is foreign text: a name that cannot be one, a namespace that is not ours, or a service in
 * front of several workloads is "not found" with a reason, never a guess. A cluster that does not answer is not an
 * answer.
 */
@RunbookLines({})
@Component
final class FindTarget implements Step<FindTarget.Input, FindTarget.Output> {
    private static final List<ResourceType> KINDS =
            List.of(ResourceType.DEPLOYMENTS, ResourceType.STATEFUL_SETS, ResourceType.DAEMON_SETS, ResourceType.JOBS);
    private static final int SHOWN = 80;

    private final ClusterSettings settings;

    FindTarget(ClusterSettings settings) {
        this.settings = settings;
    }

    record Input(String namespace, String workload) {}

    /** @param target empty when not found; @param replicas as desired */
    record Output(boolean found, String target, String kind, int replicas) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Optional<String> unfit = unfit(in);
        if (unfit.isPresent()) {
            return notFound(unfit.get());
        }
        return workload(in.namespace(), in.workload(), context)
                .map(workload -> found(workload, "", context))
                .orElseGet(() -> behindService(in, context));
    }

    private static Optional<WorkloadView> workload(String namespace, String name, StepContext context) {
        return KINDS.stream()
                .flatMap(kind -> context.cluster().get(kind, namespace, name).stream())
                .findFirst()
                .map(WorkloadView::new);
    }

    private Optional<String> unfit(Input in) {
        String namespace = in.namespace() == null ? "" : in.namespace();
        String workload = in.workload() == null ? "" : in.workload();
        if (namespace.isEmpty() || workload.isEmpty()) {
            return Optional.of("the alert names no " + (namespace.isEmpty() ? "namespace" : "workload"));
        }
        if (!Target.isNamespace(namespace)) {
            return Optional.of("'" + Line.of(namespace, SHOWN) + "' cannot be a namespace's name");
        }
        if (!settings.allows(namespace)) {
            return Optional.of("namespace " + namespace + " is not one of ours (setting cluster.namespaces)");
        }
        return Target.isName(workload)
                ? Optional.empty()
                : Optional.of("'" + Line.of(workload, SHOWN) + "' cannot be an object's name");
    }

    private static Plan<Output> behindService(Input in, StepContext context) {
        Optional<KubernetesObject> service =
                context.cluster().get(ResourceType.SERVICES, in.namespace(), in.workload());
        if (service.isEmpty()) {
            return underAutoscaler(in, context);
        }
        List<WorkloadView> behind = KINDS.stream()
                .flatMap(kind -> context.cluster().list(kind, Query.in(in.namespace())).stream())
                .map(WorkloadView::new)
                .filter(workload -> Endpoints.selects(service.get(), workload))
                .toList();
        if (behind.size() != 1) {
            String names = String.join(
                    ", ",
                    behind.stream().map(workload -> workload.target().kubectl()).toList());
            return notFound("service " + in.workload() + " selects the pods of "
                    + (behind.isEmpty() ? "no workload" : "several workloads: " + Line.of(names, Line.MODEL)));
        }
        return found(behind.get(0), " behind service " + in.workload(), context);
    }

    private static Plan<Output> underAutoscaler(Input in, StepContext context) {
        Optional<AutoscalerView> autoscaler = context.cluster()
                .get(ResourceType.AUTOSCALERS, in.namespace(), in.workload())
                .map(AutoscalerView::new);
        if (autoscaler.isEmpty()) {
            return notFound("there is no workload, service or autoscaler " + in.workload() + " in " + in.namespace());
        }
        String scaled = autoscaler.get().object().text("/spec/scaleTargetRef/name", "");
        return workload(in.namespace(), scaled, context)
                .filter(workload -> autoscaler.get().scales(workload.target()))
                .map(workload -> found(workload, " under autoscaler " + in.workload(), context))
                .orElseGet(() -> notFound("autoscaler %s scales %s, which is not there"
                        .formatted(in.workload(), autoscaler.get().reference())));
    }

    private static Plan<Output> found(WorkloadView workload, String how, StepContext context) {
        Target target = workload.target();
        String line = KubectlText.of(context.cluster().cluster())
                .get(ResourceType.ofKind(target.kind()).orElseThrow(), target.namespace(), target.name());
        var output = new Output(true, target.id(), target.kind(), workload.desired());
        return Plan.look("Found " + target + how + ", " + workload.desired() + " replicas", output)
                .kubectl(line);
    }

    private static Plan<Output> notFound(String why) {
        return Plan.look("Found no object for the alert: " + why, new Output(false, "", "", 0));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.findable();
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
