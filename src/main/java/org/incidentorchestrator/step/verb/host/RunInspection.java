package org.incidentorchestrator.step.verb.host;

import java.util.Set;
import org.incidentorchestrator.host.ScriptCatalogue;
import org.incidentorchestrator.host.ScriptOrder;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.springframework.stereotype.Component;

/**
 * Starts a script of the catalogue that only reads, as the settings say of it: the platform's own smoke tests. It does
 * not wait for its end, which {@code checkScript} looks for. A rehearsal checks presence and digest only: that it only
 * reads is somebody's word. A script that is missing is refused as not available, and never a pass.
 */
@Component
@RunbookLines({"P01", "P07"})
final class RunInspection implements Step<RunInspection.Input, RunInspection.Output> {
    private final ScriptCatalogue catalogue;

    RunInspection(ScriptCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** @param script its id in the setting {@code host.scripts} */
    record Input(String script) {}

    /** @param run by which {@code checkScript} finds it; @param host the machine that it runs on */
    record Output(String script, String run, String host) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        ScriptOrder order = Orders.examine(catalogue, in.script);
        if (!order.readOnly()) {
            throw StepFailure.refused(
                    "scriptChanges",
                    "script '%s' may change something, and is run only after a decision".formatted(order.script()),
                    "Have the model propose runScript for it; if it only reads, set host.scripts.%s.read-only."
                            .formatted(order.script()));
        }
        String run = Orders.run(order, context);
        return Orders.plan("Inspect by", order, run, new Output(order.script(), run, order.host()));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of();
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
