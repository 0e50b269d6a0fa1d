package org.incidentorchestrator.approval.gate.access;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.stereotype.Component;

/** What people do with tasks and starts: allowed in one way each, and refused in every other. */
@Component
class LookedAt {
    private final FormGuard forms;
    private final Incidents incidents;

    LookedAt(FormGuard forms, Incidents incidents) {
        this.forms = forms;
        this.incidents = incidents;
    }

    /** By its form only, and only what says of itself that people may start it. */
    void start(ProcessDefinition definition) {
        Command<?> command = Asked.command();
        if (command.getClass() != SubmitStartFormCmd.class || !definition.isStartableInTasklist()) {
            throw refused(Closed.START, Optional.empty());
        }
        forms.checkStart(
                definition,
                Asked.<String>given(command, "businessKey"),
                Asked.<Map<String, Object>>given(command, "variables"));
    }

    void work(TaskEntity task, String person) {
        Command<?> command = Asked.command();
        if (command.getClass() == ClaimTaskCmd.class) {
            claim(task, person, Asked.given(command, "userId"));
        } else if (command.getClass() == CompleteTaskCmd.class) {
            forms.checkAnswer(task, person, Asked.given(command, "variables"));
        } else if (command.getClass() == SubmitTaskFormCmd.class) {
            forms.checkAnswer(task, person, Asked.given(command, "properties"));
        } else {
            throw refused(Closed.EXIT, IncidentOf.subject(task));
        }
    }

    private static void claim(TaskEntity task, String person, String claimer) {
        if (claimer != null && !claimer.equals(person)) {
            throw refused(Closed.ASSIGN, IncidentOf.subject(task));
        }
        try {
            new AuthorizationCommandChecker().checkTaskWork(task);
        } catch (AuthorizationException withoutPermission) {
            // The engine would name the permissions, and neither whose the task is nor what to do.
            throw refused(Closed.CLAIM, IncidentOf.subject(task));
        }
    }

    /** Giving a task back is assigning it to nobody. */
    void assign(TaskEntity task) {
        Command<?> command = Asked.command();
        if (command.getClass() != AssignTaskCmd.class || Asked.given(command, "userId") != null) {
            throw refused(Closed.ASSIGN, IncidentOf.subject(task));
        }
    }

    /** An instance that was left behind can be removed by an administrator once its incident has ended. */
    void delete(ExecutionEntity instance) {
        Optional<IncidentNumber> incident = IncidentOf.subject(instance);
        if (incident.flatMap(incidents::find).filter(Incident::firing).isPresent()) {
            throw refused(Closed.DELETE, incident);
        }
    }

    private static AccessRefused refused(Closed closed, Optional<IncidentNumber> incident) {
        return new AccessRefused(closed.message(Asked.name(Asked.command().getClass())), incident);
    }
}
