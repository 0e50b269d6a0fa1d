package org.incidentorchestrator.approval.gate.access;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.stereotype.Component;

/**
 * Takes of an answer only what the form of its task could have sent, and only from whoever has claimed it. The engine
 * itself writes every variable that comes with a completion, whoever completes.
 */
@Component
class FormGuard {
    /** @param answer the variables that came with it; null stands for none */
    void checkAnswer(TaskEntity task, String person, Map<String, Object> answer) {
        claimed(task, person);
        Map<String, Object> given = answer == null ? Map.of() : new HashMap<>(answer);
        FormFields form = read(() -> forms().getDeployedTaskForm(task.getId()));
        // A task outside of a process has a form in the web apps only; nothing reads what it would send.
        refuse("The answer to '%s'".formatted(task.getName()), form.faults(given), IncidentOf.subject(task));
    }

    void checkStart(ProcessDefinition definition, String businessKey, Map<String, Object> answer) {
        if (businessKey != null && !businessKey.isBlank()) {
            throw new WrongAnswer(
                    "The start of '%s' is refused: its business key is given by the program; leave it empty"
                            .formatted(definition.getName()),
                    Optional.empty());
        }
        FormFields form = read(() -> forms().getDeployedStartForm(definition.getId()));
        refuse(
                "The start of '%s'".formatted(definition.getName()),
                form.faults(answer == null ? Map.of() : new HashMap<>(answer)),
                Optional.empty());
    }

    private static void claimed(TaskEntity task, String person) {
        String holder = task.getAssignee();
        if (person.equals(holder)) {
            return;
        }
        String why = holder == null
                ? "Nobody has claimed '%s'; claim it first".formatted(task.getName())
                : "'%s' is %s's to answer, who has claimed it; ask them to give it back, and claim it"
                        .formatted(task.getName(), holder);
        throw new AccessRefused("Refused: complete task. " + why + ".", IncidentOf.subject(task));
    }

    private static FormFields read(Callable<InputStream> form) {
        try {
            return FormFields.read(Context.getCommandContext().runWithoutAuthorization(form));
        } catch (BadUserRequestException none) {
            return FormFields.NONE;
        }
    }

    private static void refuse(String what, List<String> faults, Optional<IncidentNumber> incident) {
        if (!faults.isEmpty()) {
            throw new WrongAnswer(
                    what + " is refused: " + String.join("; ", faults)
                            + ". Send what its form asks for, and nothing else",
                    incident);
        }
    }

    private static FormService forms() {
        return Context.getProcessEngineConfiguration().getFormService();
    }
}
