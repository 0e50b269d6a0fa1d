package org.incidentorchestrator.step;

import java.util.List;
import java.util.Set;
import org.incidentorchestrator.host.HostFailure;
import org.incidentorchestrator.host.ScriptCatalogue;
import org.incidentorchestrator.host.ScriptOrder;
import org.incidentorchestrator.host.ScriptRuns;

/** The verb that starts the script "job", in its two kinds, for the runner's tests. */
final class RunJob implements Step<RunJob.Input, RunJob.Output> {
    private final ScriptCatalogue catalogue;
    private final boolean changes;

    RunJob(ScriptCatalogue catalogue, boolean changes) {
        this.catalogue = catalogue;
        this.changes = changes;
    }

    record Input() {}

    record Output(String run) {}

    @Override
    public Plan<Output> plan(Input input, StepContext context) {
        ScriptOrder order = examined();
        String run = ScriptRuns.name("job", "inc-1", context.plannedAt());
        return new Plan<>(
                "run the job",
                List.of(new Effect.RunScript(order, run)),
                List.of(order.line()),
                List.of(),
                new Output(run));
    }

    private ScriptOrder examined() {
        try {
            return catalogue.examine("job");
        } catch (HostFailure failure) {
            throw StepFailure.refused(failure);
        }
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of();
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }

    @Override
    public boolean changes() {
        return changes;
    }

    @Override
    public String name() {
        return changes ? "runJob" : "inspectByJob";
    }
}
