package org.incidentorchestrator.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.incident.Target;

/**
 * Reads workloads and what belongs to them. A pod belongs to a workload when the workload's own selector matches it
 * and its chain of controllers leads there: a selector alone also matches strangers.
 */
public record Workloads(ClusterReader cluster) {
    private static final String REVISION = "deployment.kubernetes.io/revision";

    public Optional<WorkloadView> find(Target target) {
        return ResourceType.ofKind(target.kind())
                .flatMap(type -> cluster.get(type, target.namespace(), target.name()))
                .map(WorkloadView::new);
    }

    /** All pods that the selector matches, a stranger's too. */
    public List<KubernetesObject> selectedPods(WorkloadView workload) {
        return workload.selector()
                .map(selector -> cluster.list(
                        ResourceType.PODS,
                        Query.in(workload.target().namespace()).selecting(selector)))
                .orElse(List.of());
    }

    /** A Deployment's replica sets, the current one first; none for other kinds. */
    public List<KubernetesObject> replicaSets(WorkloadView workload) {
        if (!workload.isDeployment() || workload.selector().isEmpty()) {
            return List.of();
        }
        Query query = Query.in(workload.target().namespace())
                .selecting(workload.selector().get());
        return cluster.list(ResourceType.REPLICA_SETS, query).stream()
                .filter(set -> controlledBy(set, Set.of(workload.object().uid())))
                .sorted(Comparator.comparingLong(Workloads::revision).reversed())
                .toList();
    }

    public List<KubernetesObject> pods(WorkloadView workload) {
        return owned(workload, replicaSets(workload), selectedPods(workload));
    }

    /** Those of the pods that belong to the workload, through one of these replica sets if it is a Deployment. */
    public static List<KubernetesObject> owned(
            WorkloadView workload, List<KubernetesObject> replicaSets, List<KubernetesObject> pods) {
        Set<String> owners = workload.isDeployment()
                ? replicaSets.stream().map(KubernetesObject::uid).collect(Collectors.toSet())
                : Set.of(workload.object().uid());
        return pods.stream().filter(pod -> controlledBy(pod, owners)).toList();
    }

    private static boolean controlledBy(KubernetesObject object, Set<String> uids) {
        return object.controller()
                .filter(owner -> uids.contains(owner.text("/uid", "")))
                .isPresent();
    }

    private static long revision(KubernetesObject replicaSet) {
        String revision = replicaSet.annotation(REVISION).orElse("");
        return revision.matches("[0-9]{1,18}") ? Long.parseLong(revision) : 0;
    }
}
