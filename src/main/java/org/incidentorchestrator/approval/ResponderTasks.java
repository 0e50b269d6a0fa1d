package org.incidentorchestrator.approval;

import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/** Hears what happens to every user task, so that no model has to say so: who takes it, and what they answer. */
@Component
class ResponderTasks extends AbstractBpmnParseListener {
    private final Acknowledgement acknowledgement;
    private final Decisions decisions;
    private final EscalationLadder ladder;

    ResponderTasks(Acknowledgement acknowledgement, Decisions decisions, EscalationLadder ladder) {
        this.acknowledgement = acknowledgement;
        this.decisions = decisions;
        this.ladder = ladder;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        var task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        task.addTaskListener(TaskListener.EVENTNAME_CREATE, ladder::invite);
        task.addTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, acknowledgement::assigned);
        task.addTaskListener(TaskListener.EVENTNAME_COMPLETE, decisions::completed);
    }
}
