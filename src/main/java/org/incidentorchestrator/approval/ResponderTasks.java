package org.incidentorchestrator.approval;

import java.util.List;
import java.util.function.BiConsumer;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/** Lets each {@link TaskWatch} hear of every user task, so that no model has to say so. */
@Component
class ResponderTasks extends AbstractBpmnParseListener {
    private final List<TaskWatch> watches;

    ResponderTasks(List<TaskWatch> watches) {
        this.watches = List.copyOf(watches);
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        var task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        task.addTaskListener(TaskListener.EVENTNAME_CREATE, each(TaskWatch::created));
        task.addTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, each(TaskWatch::assigned));
        task.addTaskListener(TaskListener.EVENTNAME_COMPLETE, each(TaskWatch::completed));
    }

    private TaskListener each(BiConsumer<TaskWatch, DelegateTask> event) {
        return task -> watches.forEach(watch -> event.accept(watch, task));
    }
}
