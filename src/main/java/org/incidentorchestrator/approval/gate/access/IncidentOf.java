package org.incidentorchestrator.approval.gate.access;

import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.authorization.MissingAuthorization;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.incidentorchestrator.incident.IncidentNumber;

/** The incident that something of the engine's belongs to, for the record of a refusal. */
final class IncidentOf {
    private IncidentOf() {}

    /** @param subject an execution, a task, a job, or an id, which may be that of an execution */
    static Optional<IncidentNumber> subject(Object subject) {
        if (subject instanceof ExecutionEntity execution) {
            return execution(execution);
        } else if (subject instanceof TaskEntity task) {
            return Optional.ofNullable(task.getExecution()).flatMap(IncidentOf::execution);
        } else if (subject instanceof JobEntity job) {
            return subject(job.getProcessInstanceId());
        } else if (subject instanceof String id) {
            return Optional.ofNullable(
                            Context.getCommandContext().getExecutionManager().findExecutionById(id))
                    .flatMap(IncidentOf::execution);
        }
        return Optional.empty();
    }

    /** Of the task or the process that the engine's own permissions did not let somebody change. */
    static Optional<IncidentNumber> lacking(AuthorizationException refused) {
        return refused.getMissingAuthorizations().stream()
                .flatMap(missing -> thing(missing).stream())
                .findFirst()
                .flatMap(IncidentOf::subject);
    }

    private static Optional<Object> thing(MissingAuthorization missing) {
        String id = missing.getResourceId();
        if (id == null || missing.getResourceType() == null) {
            return Optional.empty();
        }
        return switch (missing.getResourceType()) {
            case "Task" ->
                Optional.ofNullable(Context.getCommandContext().getTaskManager().findTaskById(id));
            case "ProcessInstance" -> Optional.of(id);
            default -> Optional.empty();
        };
    }

    private static Optional<IncidentNumber> execution(ExecutionEntity execution) {
        return Optional.ofNullable(execution.getProcessBusinessKey())
                .filter(key -> key.matches("INC-\\d{1,18}"))
                .map(IncidentNumber::parse);
    }
}
