package org.incidentorchestrator.approval;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.PersonNeeded;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes a Tasklist task for l1 of everything that only a person can settle: one per subject while it is open. Its id is
 * made from the subject, so that of two programs that make it at once one is refused by the database.
 */
@Component
class PersonTasks {
    private static final int LONGEST_NAME = 200;

    private final TaskService tasks;
    private final EvidenceLog evidence;

    /** Lazy, since the engine's own start may already publish what only a person can settle. */
    PersonTasks(@Lazy TaskService tasks, EvidenceLog evidence) {
        this.tasks = tasks;
        this.evidence = evidence;
    }

    @EventListener
    void ask(PersonNeeded needed) {
        String id = UUID.nameUUIDFromBytes(needed.subject().getBytes(StandardCharsets.UTF_8))
                .toString();
        if (tasks.createTaskQuery().taskId(id).count() > 0) {
            return;
        }
        Task task = tasks.newTask(id);
        task.setName(name(needed));
        task.setDescription(needed.reason());
        task.setPriority(100);
        tasks.saveTask(task);
        tasks.addCandidateGroup(id, "l1");
        evidence.append(new Entry(
                Entry.Kind.PERSON_NEEDED,
                needed.incident(),
                Entry.SELF,
                "",
                needed.reason(),
                Map.of("subject", needed.subject())));
    }

    private static String name(PersonNeeded needed) {
        String name = needed.incident().map(number -> number + ": ").orElse("") + needed.reason();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
