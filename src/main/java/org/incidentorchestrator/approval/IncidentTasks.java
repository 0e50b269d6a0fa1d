package org.incidentorchestrator.approval;

import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.incident.IncidentNumber;

/** The words by which this package speaks with the models. */
final class IncidentTasks {
    static final String RESPOND = "userTask_respondToIncident";
    static final String ACKNOWLEDGED = "incident.acknowledged";
    static final String GIVEN_BACK = "incident.givenBack";
    static final String ENDED = "incident.ended";
    static final String ALERT_RESOLVED = "incident.alertResolved";

    private IncidentTasks() {}

    /** The incident that a task belongs to, if it belongs to one. */
    static Optional<IncidentNumber> incident(DelegateTask task) {
        return Optional.ofNullable(task.getExecution())
                .map(execution -> execution.getProcessBusinessKey())
                .filter(key -> key.startsWith("INC-"))
                .map(IncidentNumber::parse);
    }

    /** Tells whoever waits for it; none waiting is fine. */
    static void tell(ProcessEngineServices engine, String message, IncidentNumber incident) {
        engine.getRuntimeService()
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(incident.toString())
                .correlateAll();
    }
}
