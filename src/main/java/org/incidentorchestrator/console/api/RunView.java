package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.runbook.history.Ran;
import org.incidentorchestrator.runbook.history.RunInstance;

/**
 * The processes of an incident, in the order in which they were started.
 *
 * @param removed true when the engine's history of it, or of a time before it was reopened, is gone by its age; else left out
 */
record RunView(List<InstanceView> instances, Boolean removed) {

    /**
     * @param parent the instance that called it @param calledBy the element of the call activity there
     * @param definition the engine's id of the model's version
     * @param kind root, paging, runbook, procedure or part @param state running, completed or cancelled
     */
    record InstanceView(
            String id,
            String parent,
            String calledBy,
            String definition,
            String key,
            String name,
            Integer version,
            String versionTag,
            String kind,
            String state,
            Instant startedAt,
            Instant endedAt) {
        static InstanceView of(RunInstance instance) {
            return new InstanceView(
                    instance.id(),
                    instance.parent(),
                    instance.calledBy(),
                    instance.definition(),
                    instance.key(),
                    instance.name(),
                    instance.version(),
                    instance.versionTag(),
                    IncidentView.word(instance.kind()),
                    IncidentView.word(instance.state()),
                    instance.startedAt(),
                    instance.endedAt());
        }
    }

    static RunView of(Ran ran) {
        return new RunView(
                ran.instances().stream().map(InstanceView::of).toList(), ran.removed() ? Boolean.TRUE : null);
    }
}
