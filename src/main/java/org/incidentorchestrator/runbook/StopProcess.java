package org.incidentorchestrator.runbook;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.incidentorchestrator.step.Stop;
import org.incidentorchestrator.step.StopSwitch;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The global stop from outside of Tasklist. It is the same process that Tasklist starts: while the stop holds its task
 * <em>Lift the stop</em> is open, and ends with it, whoever has it.
 */
@Component
public class StopProcess {
    static final String KEY = "stop-changes";
    static final String LIFTED = "changes.stopLifted";

    private final ProcessEngine engine;
    private final ChangeStop change;
    private final StopSwitch stop;

    StopProcess(ProcessEngine engine, ChangeStop change, StopSwitch stop) {
        this.engine = engine;
        this.change = change;
        this.stop = stop;
    }

    /** The stop that holds now. */
    public Optional<Stop> now() {
        return stop.now();
    }

    /**
     * Stops every change. Returns once no change that was about to be sent can get in between.
     *
     * @return the stop; empty when one holds already, which stands
     */
    @Transactional
    public Optional<Stop> set(String reason) {
        // Held first: the process refuses by an exception, which would end the transaction.
        if (stop.lock().isPresent()) {
            return Optional.empty();
        }
        String definition = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(KEY)
                .latestVersion()
                .singleResult()
                .getId();
        engine.getFormService().submitStartForm(definition, Map.of("reason", reason));
        return stop.now();
    }

    /** @return what held; empty when nothing was stopped */
    @Transactional
    public Optional<Stop> lift(String person, String reason) {
        Optional<Stop> lifted = change.lift(person, reason);
        AsProgram.in(engine, () -> engine.getRuntimeService()
                .createMessageCorrelation(LIFTED)
                .correlateAll());
        return lifted;
    }
}
