package org.incidentorchestrator.step.verb.capacity;

import java.util.List;
import java.util.OptionalDouble;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodRequests;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.UsageView;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.cluster.Workloads;

/**
 * What all pods of one workload use together, ask for and may take. A sum of which one part is not known is not known:
 * a container without a sample, or without a limit.
 *
 * @param usages of its containers
 */
record WorkloadUsage(WorkloadView workload, List<UsageView> usages, Amounts requests) {
    private static final double MIB = 1024 * 1024;

    static WorkloadUsage of(
            WorkloadView workload,
            List<KubernetesObject> replicaSets,
            List<KubernetesObject> pods,
            List<KubernetesObject> samples) {
        List<KubernetesObject> own = Workloads.owned(workload, replicaSets, pods).stream()
                .filter(pod -> !PodView.of(pod).ended())
                .toList();
        Amounts requests =
                own.stream().map(pod -> PodRequests.of(pod.at("/spec"))).reduce(Amounts.NONE, Amounts::plus);
        return new WorkloadUsage(workload, UsageView.of(own, samples), requests);
    }

    String name() {
        return workload.target().name();
    }

    double used(String resource) {
        return usages.isEmpty()
                ? Double.NaN
                : sum(resource, usages.stream().map(UsageView::used).toList());
    }

    /** Of all containers; unknown as soon as one of them may take what it wants. */
    double limit(String resource) {
        return usages.isEmpty()
                ? Double.NaN
                : sum(resource, usages.stream().map(UsageView::limits).toList());
    }

    double requested(String resource) {
        return scaled(resource, requests.amount(resource).doubleValue());
    }

    private static double sum(String resource, List<Amounts> amounts) {
        OptionalDouble known =
                amounts.stream().allMatch(each -> each.get(resource).isPresent())
                        ? OptionalDouble.of(amounts.stream()
                                .mapToDouble(each -> each.amount(resource).doubleValue())
                                .sum())
                        : OptionalDouble.empty();
        return known.isPresent() ? scaled(resource, known.getAsDouble()) : Double.NaN;
    }

    /** Cores, and MiB. */
    private static double scaled(String resource, double amount) {
        return resource.equals(Amounts.MEMORY) ? amount / MIB : amount;
    }
}
