package org.incidentorchestrator.step.guard;

import java.util.List;
import org.incidentorchestrator.cluster.BudgetView;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A budget that has none left forbids an eviction. The API server would refuse it too, but says so only when it is
 * sent.
 */
@Component
@Order(90)
final class DisruptionBudget implements StepGuard {
    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        if (!(effect instanceof Effect.OnCluster on) || !(on.change() instanceof Change.Evict evict)) {
            return Verdict.ALLOWED;
        }
        Target target = evict.target();
        return context.cluster()
                .get(ResourceType.PODS, target.namespace(), target.name())
                .map(PodView::of)
                .map(pod -> examine(pod, budgets(pod, context)))
                .orElse(Verdict.ALLOWED);
    }

    private static List<BudgetView> budgets(PodView pod, StepContext context) {
        return context
                .cluster()
                .list(ResourceType.DISRUPTION_BUDGETS, Query.in(pod.pod().namespace()))
                .stream()
                .map(BudgetView::new)
                .filter(budget -> budget.selects(pod.pod().labels()))
                .toList();
    }

    private static Verdict examine(PodView pod, List<BudgetView> budgets) {
        if (budgets.size() > 1 && !pod.ended()) {
            String names =
                    String.join(", ", budgets.stream().map(BudgetView::name).toList());
            return Verdict.refused(
                    "blockedByBudget",
                    "Pod %s has several disruption budgets (%s), and the API server evicts no such pod."
                            .formatted(pod.name(), names),
                    "Narrow the budgets' selectors, so that one is left.");
        }
        return budgets.stream()
                .filter(budget -> !budget.allows(pod))
                .findFirst()
                .map(budget -> Verdict.refused(
                        "blockedByBudget",
                        "PodDisruptionBudget %s does not let pod %s go: it allows %d disruptions now."
                                .formatted(budget.name(), pod.name(), budget.disruptionsAllowed()),
                        "Wait until more pods are healthy, or set unhealthyPodEvictionPolicy: AlwaysAllow on it."))
                .orElse(Verdict.ALLOWED);
    }
}
