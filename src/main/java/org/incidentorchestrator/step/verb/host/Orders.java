package org.incidentorchestrator.step.verb.host;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.incidentorchestrator.host.HostFailure;
import org.incidentorchestrator.host.ScriptCatalogue;
import org.incidentorchestrator.host.ScriptOrder;
import org.incidentorchestrator.host.ScriptRuns;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;

/** What the verbs that start a script have in common. */
final class Orders {
    private Orders() {}

    /** @throws StepFailure refused, with what is wrong with the script */
    static ScriptOrder examine(ScriptCatalogue catalogue, String script) {
        try {
            return catalogue.examine(script);
        } catch (HostFailure failure) {
            throw StepFailure.refused(failure);
        }
    }

    /** The same whenever the same plan is made again. */
    static String run(ScriptOrder order, StepContext context) {
        String owner = context.incident()
                .map(incident -> incident.number().toString().toLowerCase(Locale.ROOT))
                .orElse("nobody");
        return ScriptRuns.name(order.script(), owner, context.plannedAt());
    }

    static <O extends Record> Plan<O> plan(String how, ScriptOrder order, String run, O output) {
        String summary = "%s script %s (%s) on host %s, for at most %s"
                .formatted(how, order.script(), order.path(), order.host(), time(order.limitSeconds()));
        return new Plan<>(summary, List.of(new Effect.RunScript(order, run)), List.of(order.line()), List.of(), output);
    }

    private static String time(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        return seconds % 60 == 0 ? time.toMinutes() + " min" : seconds + " s";
    }
}
