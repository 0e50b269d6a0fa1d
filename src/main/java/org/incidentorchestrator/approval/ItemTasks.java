package org.incidentorchestrator.approval;

import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The items of a maintenance (runbook W01–W04, N01–N04), all by one task: in Tasklist each has the name of its item.
 * Whoever skips one, leaves it half done or ends the work says why.
 */
@Component
@Order(5)
class ItemTasks implements TaskWatch {
    private static final String ITEM = "userTask_workOnItem";
    private static final int SHORTEST_REASON = 3;
    private static final Set<String> REASONED = Set.of("skip", "halfDone", "endWork");

    private final ItemQuiet quiet;

    ItemTasks(ItemQuiet quiet) {
        this.quiet = quiet;
    }

    @Override
    public void created(DelegateTask task) {
        if (isItem(task)) {
            task.setName(String.valueOf(task.getVariable("item")));
        }
    }

    @Override
    public void assigned(DelegateTask task) {
        if (isItem(task)) {
            quiet.end(task);
            quiet.begin(task);
        }
    }

    @Override
    public void completed(DelegateTask task) {
        if (!isItem(task)) {
            return;
        }
        if (REASONED.contains(String.valueOf(task.getVariable("itemAnswer")))
                && IncidentTasks.text(task, "settledNote").length() < SHORTEST_REASON) {
            throw new BadUserRequestException(
                    "Say in 'settledNote' why '%s' is not simply done, in at least %d characters"
                            .formatted(task.getName(), SHORTEST_REASON));
        }
        task.getExecution().setVariable("answeredBy", IncidentTasks.person(task));
        quiet.end(task);
    }

    private static boolean isItem(DelegateTask task) {
        return ITEM.equals(task.getTaskDefinitionKey());
    }
}
