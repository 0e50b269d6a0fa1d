package org.incidentorchestrator.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a node is spoken for, and whether more fits. Requests decide, not usage: the scheduler counts what every pod on
 * the node that has not ended asks for, whatever its namespace.
 *
 * @param requested by the pods on it, with their number under {@code pods}
 * @param limits of the same pods; they may be more than there is
 */
public record NodeRoom(NodeView node, Amounts requested, Amounts limits) {
    private static final String PODS = "pods";

    /** @param pods of the whole cluster */
    public static NodeRoom of(NodeView node, List<KubernetesObject> pods) {
        List<KubernetesObject> here = pods.stream()
                .filter(pod -> pod.text("/spec/nodeName", "").equals(node.name()))
                .filter(pod -> !PodView.of(pod).ended())
                .toList();
        Amounts requested =
                here.stream().map(pod -> PodRequests.of(pod.at("/spec"))).reduce(Amounts.NONE, Amounts::plus);
        Amounts number = new Amounts(Map.of(PODS, new Quantity(BigDecimal.valueOf(here.size()))));
        Amounts limits =
                here.stream().map(pod -> PodRequests.limits(pod.at("/spec"))).reduce(Amounts.NONE, Amounts::plus);
        return new NodeRoom(node, requested.with(number), limits);
    }

    /** Of the part that pods may have. */
    public String share(String resource) {
        var percent = requested.percentOf(node.allocatable(), resource);
        return Amounts.text(resource, requested.amount(resource))
                + (percent.isPresent() ? " (" + percent.getAsInt() + "%)" : "");
    }

    /** What of each resource is left; less than nothing where more is requested than there is. */
    public Amounts free() {
        return node.allocatable().minus(requested);
    }

    /** @param pod its spec, or a template's @return how many more such pods fit by what they ask for, 0 and more */
    public int fits(KubernetesObject pod) {
        Amounts wanted = wanted(pod);
        Amounts free = free();
        return wanted.byName().keySet().stream()
                .filter(resource -> wanted.amount(resource).signum() > 0)
                .mapToInt(resource -> free.amount(resource)
                        .divide(wanted.amount(resource), 0, RoundingMode.FLOOR)
                        .max(BigDecimal.ZERO)
                        .intValue())
                .min()
                .orElse(0);
    }

    /** Why no such pod may come: the node itself, or the resource that is used up; empty when one fits. */
    public Optional<String> refusal(KubernetesObject pod) {
        Optional<String> placement = Placement.of(pod).refusal(node);
        return placement.isPresent() ? placement : fits(pod) > 0 ? Optional.empty() : Optional.of(shortage(pod));
    }

    private String shortage(KubernetesObject pod) {
        Amounts wanted = wanted(pod);
        Amounts free = free();
        return wanted.byName().keySet().stream()
                .filter(resource -> free.amount(resource).compareTo(wanted.amount(resource)) < 0)
                .map(resource -> resource.equals(PODS)
                        ? "has as many pods as it may have, " + requested.text(PODS)
                        : "has %s of %s left, a pod asks for %s"
                                .formatted(
                                        Amounts.text(
                                                resource, free.amount(resource).max(BigDecimal.ZERO)),
                                        resource,
                                        wanted.text(resource)))
                .findFirst()
                .orElse("has no room");
    }

    /** What the scheduler looks for: what the pod asks for, and a place for it. */
    public static Amounts wanted(KubernetesObject pod) {
        return PodRequests.of(pod).with(new Amounts(Map.of(PODS, new Quantity(BigDecimal.ONE))));
    }
}
