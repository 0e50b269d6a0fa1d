package org.incidentorchestrator.approval.paging;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.runbook.ForModels;
import org.incidentorchestrator.runbook.ModelDelegates;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** {@code ${ladder.x}}: what the models have to say to people. Touches the database only. */
@ForModels("ladder")
@Component
final class LadderWords extends ModelDelegates {
    LadderWords(EscalationLadder ladder, SilenceWatch silence, ApplicationEventPublisher events) {
        super(Map.of(
                "begin", ladder::begin,
                "arm", ladder::arm,
                "page", ladder::page,
                "callPeople", ladder::callPeople,
                "checkSilence", silence::check,
                "standDown", LadderWords::standDown,
                "askPerson", execution -> askPerson(execution, events)));
    }

    /** Nobody is needed any more: ends the waits of the paging. */
    private static void standDown(DelegateExecution execution) {
        IncidentTasks.tell(
                execution.getProcessEngineServices(),
                IncidentTasks.ENDED,
                IncidentNumber.parse(execution.getProcessBusinessKey()));
    }

    private static void askPerson(DelegateExecution execution, ApplicationEventPublisher events) {
        IncidentNumber incident = IncidentNumber.parse(execution.getProcessBusinessKey());
        events.publishEvent(new PersonNeeded(
                String.valueOf(execution.getVariableLocal("question")),
                java.util.Optional.of(incident),
                incident + "/" + execution.getCurrentActivityId()));
    }
}
