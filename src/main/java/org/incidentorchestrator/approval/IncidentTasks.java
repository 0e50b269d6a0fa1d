package org.incidentorchestrator.approval;

import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
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

    /** Who is asking; nobody where the engine itself works, as in a job or a test. */
    static Optional<String> caller(DelegateTask task) {
        return authentication(task).map(Authentication::getUserId);
    }

    static boolean administrator(DelegateTask task) {
        return authentication(task)
                .map(Authentication::getGroupIds)
                .filter(groups -> groups.contains(Groups.CAMUNDA_ADMIN))
                .isPresent();
    }

    private static Optional<Authentication> authentication(DelegateTask task) {
        return Optional.ofNullable(
                task.getProcessEngineServices().getIdentityService().getCurrentAuthentication());
    }

    /** Tells whoever waits for it; none waiting is fine. */
    static void tell(ProcessEngineServices engine, String message, IncidentNumber incident) {
        engine.getRuntimeService()
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(incident.toString())
                .correlateAll();
    }
}
