package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a pod may go, of what stands in its spec: node selector, required node affinity and tolerations. What depends on
 * the other pods (affinity between pods, topology spread) and on volumes is not looked at: the scheduler's own message
 * says it, of a pod that is there.
 *
 * @param terms of the required node affinity: one of them has to match; empty for none
 */
public record Placement(LabelSelector nodeSelector, List<KubernetesObject> terms, List<KubernetesObject> tolerations) {

    /** @param spec of a pod, or of a template's pod */
    public static Placement of(KubernetesObject spec) {
        return new Placement(
                LabelSelector.equalTo(spec.map("/nodeSelector")),
                spec.items("/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms"),
                spec.items("/tolerations"));
    }

    /** Why the node does not take the pod, whatever it has left; empty when it does. */
    public Optional<String> refusal(NodeView node) {
        if (!node.ready()) {
            return Optional.of("is not ready");
        }
        if (node.cordoned()) {
            return Optional.of("is cordoned");
        }
        if (!nodeSelector.matches(node.node().labels())) {
            return Optional.of("does not match the node selector " + nodeSelector);
        }
        if (!terms.isEmpty() && terms.stream().noneMatch(term -> matches(term, node.node()))) {
            return Optional.of("does not match the node affinity");
        }
        return node.taints().stream()
                .filter(taint -> taint.keepsOff() && !taint.toleratedBy(tolerations))
                .map(taint -> "has the taint " + taint + ", which is not tolerated")
                .findFirst();
    }

    /** A term without any requirement matches no node (API reference of NodeSelectorTerm). */
    private static boolean matches(KubernetesObject term, KubernetesObject node) {
        List<KubernetesObject> ofLabels = term.items("/matchExpressions");
        List<KubernetesObject> ofFields = term.items("/matchFields");
        return Stream.of(ofLabels, ofFields).anyMatch(some -> !some.isEmpty())
                && ofLabels.stream().allMatch(expression -> matches(expression, node.labels()))
                && ofFields.stream().allMatch(expression -> matches(expression, Map.of("metadata.name", node.name())));
    }

    private static boolean matches(KubernetesObject expression, Map<String, String> labels) {
        String operator = expression.text("/operator", "");
        if (!operator.equals("Gt") && !operator.equals("Lt")) {
            return LabelSelector.requirement(expression).matches(labels);
        }
        Optional<Long> has = integer(labels.getOrDefault(expression.text("/key", ""), ""));
        Optional<Long> bound = integer(expression.text("/values/0", ""));
        return has.isPresent()
                && bound.isPresent()
                && (operator.equals("Gt") ? has.get() > bound.get() : has.get() < bound.get());
    }

    private static Optional<Long> integer(String text) {
        return text.matches("-?[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
