package org.incidentorchestrator.step.verb.pod;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.cluster.Workloads;
import org.incidentorchestrator.incident.Target;

/**
 * Whose events belong to a workload: its own, those of its replica sets and pods by uid, and those of pods that are gone
 * by the name that their controller gave them.
 */
record Relatives(String name, Set<String> uids, Set<String> prefixes) {

    static Relatives of(String id, Workloads workloads) {
        if (id == null || id.isEmpty()) {
            return new Relatives("anything", Set.of(), Set.of(""));
        }
        Target target = Target.parse(id);
        return workloads
                .find(target)
                .map(workload -> of(workload, workloads))
                .orElseGet(() -> new Relatives(target.toString(), Set.of(), Set.of(target.name() + "-")));
    }

    private static Relatives of(WorkloadView workload, Workloads workloads) {
        List<KubernetesObject> sets = workloads.replicaSets(workload);
        List<KubernetesObject> pods = Workloads.owned(workload, sets, workloads.selectedPods(workload));
        Set<String> uids = Stream.of(List.of(workload.object()), sets, pods)
                .flatMap(List::stream)
                .map(KubernetesObject::uid)
                .collect(Collectors.toSet());
        Stream<String> makers = workload.isDeployment()
                ? sets.stream().map(KubernetesObject::name)
                : Stream.of(workload.target().name());
        return new Relatives(
                workload.target().toString(),
                uids,
                makers.map(maker -> maker + "-").collect(Collectors.toSet()));
    }

    boolean include(EventView event) {
        return prefixes.contains("")
                || uids.contains(event.objectUid())
                || prefixes.stream().anyMatch(prefix -> event.object().startsWith("Pod/" + prefix));
    }
}
