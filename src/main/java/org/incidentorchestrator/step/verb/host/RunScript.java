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
 * Starts a script of the catalogue that changes something: the installation of K3s, the bootstrap by Terraform. It does
 * not wait for its end, which {@code checkScript} looks for; a rehearsal checks presence and digest only. There is no
 * undo: what a script does, only a script of its own could take back; so a second person has to approve it.
 */
@Component
@RunbookLines({"R01", "R02"})
final class RunScript implements Step<RunScript.Input, RunScript.Output> {
    private final ScriptCatalogue catalogue;

    RunScript(ScriptCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** @param script its id in the setting {@code host.scripts} */
    record Input(String script) {}

    /** @param run by which {@code checkScript} finds it; @param host the machine that it runs on */
    record Output(String script, String run, String host) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        ScriptOrder order = Orders.examine(catalogue, in.script);
        if (order.readOnly()) {
            throw StepFailure.refused(
                    "scriptOnlyReads",
                    "script '%s' only reads, and needs nobody's decision".formatted(order.script()),
                    "Have the model call runInspection for it.");
        }
        String run = Orders.run(order, context);
        return Orders.plan("Run", order, run, new Output(order.script(), run, order.host()));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of();
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public boolean needsApproval() {
        return true;
    }
}
