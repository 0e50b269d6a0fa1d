package org.incidentorchestrator.step.verb.alert;

import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.springframework.stereotype.Component;

/**
 * Says for the record whether the incident has ended meanwhile, and who said so: the paging system, or a person. Where
 * to go is decided by what the incident's row says under its lock, like after every step ({@code stillFiring} and
 * {@code endedBy}).
 */
@RunbookLines({})
@Component
final class CheckAlert implements Step<CheckAlert.Input, CheckAlert.Output> {

    record Input() {}

    /** Nothing: who has ended it, and whether it still fires, is read once more when this look is committed. */
    record Output() {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Optional<Ending> ending = context.incident().map(Incident::ending);
        if (ending.isEmpty()) {
            return Plan.look("The alert has not been resolved" + aborted(context), new Output());
        }
        String said = ending.get().by() + " said so at " + ending.get().at();
        return ending.get().cause().byPerson()
                ? Plan.look("The incident was ended by a person: " + said, new Output())
                : Plan.look("The alert was resolved: " + said, new Output());
    }

    private static String aborted(StepContext context) {
        return context.incident()
                .filter(Incident::aborted)
                .map(incident -> "; " + incident.abort().inWords())
                .orElse("");
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
