package org.incidentorchestrator.step.verb.scaling;

import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.cluster.AutoscalerView;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Table;

/** Autoscalers as text, as kubectl shows them, and with what their state means. */
final class AutoscalerReport {
    private AutoscalerReport() {}

    /** What {@code kubectl describe hpa} says: metrics, conditions, events. */
    static String describe(AutoscalerView autoscaler, List<KubernetesObject> events, Instant now) {
        Table conditions = Table.of("TYPE", "STATUS", "REASON", "SINCE", "MESSAGE");
        autoscaler
                .object()
                .items("/status/conditions")
                .forEach(condition -> conditions.row(
                        condition.text("/type", ""),
                        condition.text("/status", ""),
                        condition.text("/reason", ""),
                        condition.text("/lastTransitionTime", ""),
                        condition.text("/message", "")));
        return String.join(
                "\n",
                AutoscalerView.table(List.of(autoscaler), now).toString(),
                "Behavior: " + behavior(autoscaler),
                "Last scaled: " + autoscaler.object().text("/status/lastScaleTime", "never"),
                "",
                conditions.toString(),
                EventView.table(EventView.sorted(events)).toString());
    }

    private static String behavior(AutoscalerView autoscaler) {
        KubernetesObject behavior = autoscaler.object().at("/spec/behavior");
        return behavior.exists() ? behavior.toString() : "default";
    }

    /** One line for people. */
    static String text(AutoscalerView autoscaler, Instant now) {
        String why =
                switch (autoscaler.state(now)) {
                    case RESPONDING -> "works";
                    case AT_MAXIMUM -> "is at its maximum of " + autoscaler.max() + ", and wants more";
                    case DISABLED -> "does nothing, because what it scales has 0 replicas";
                    case UNKNOWN -> "has not said anything yet";
                    case NOT_RESPONDING -> "does not respond";
                };
        String trouble = autoscaler.trouble();
        return "%s of %s %s: %s, %d replicas of %d to %d%s"
                .formatted(
                        autoscaler.name(),
                        autoscaler.reference(),
                        why,
                        autoscaler.measured(),
                        autoscaler.current(),
                        autoscaler.min(),
                        autoscaler.max(),
                        trouble.isEmpty() ? "" : ". " + trouble);
    }
}
