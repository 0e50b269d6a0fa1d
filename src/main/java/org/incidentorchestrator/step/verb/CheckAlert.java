package org.incidentorchestrator.step.verb;

import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.springframework.stereotype.Component;

/** Says whether the incident has ended meanwhile, and who said so: the paging system, or a person. */
@Component
final class CheckAlert implements Step<CheckAlert.Input, CheckAlert.Output> {

    record Input() {}

    /** @param endedBy {@code none}, {@code pager} or {@code person} */
    record Output(String endedBy) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Optional<Ending> ending = context.incident().map(Incident::ending);
        if (ending.isEmpty()) {
            return Plan.look("The alert has not been resolved", new Output("none"));
        }
        String said = ending.get().by() + " said so at " + ending.get().at();
        return ending.get().cause().byPerson()
                ? Plan.look("The incident was ended by a person: " + said, new Output("person"))
                : Plan.look("The alert was resolved: " + said, new Output("pager"));
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of();
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
