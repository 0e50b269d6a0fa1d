package org.incidentorchestrator.approval.gate;

import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.TaskWatch;
import org.incidentorchestrator.approval.gate.ApprovalRefused.Kind;
import org.incidentorchestrator.incident.Announcement;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The task <em>Approve change</em>: who is told of it, who may take it, and what its answer does. */
@Component
@Order(5)
class ApprovalTasks implements TaskWatch {
    private final Approvals approvals;
    private final ApprovalDecisions decisions;
    private final FourEyes fourEyes;
    private final ApprovalSettings settings;
    private final GateAlarm alarm;
    private final ApplicationEventPublisher events;

    ApprovalTasks(
            Approvals approvals,
            ApprovalDecisions decisions,
            FourEyes fourEyes,
            ApprovalSettings settings,
            GateAlarm alarm,
            ApplicationEventPublisher events) {
        this.approvals = approvals;
        this.decisions = decisions;
        this.fourEyes = fourEyes;
        this.settings = settings;
        this.alarm = alarm;
        this.events = events;
    }

    /** Offered to those who may approve: with a second person, or without one. */
    @Override
    public void created(DelegateTask task) {
        if (!IncidentTasks.approve(task)) {
            return;
        }
        settings.breakGlass().forEach(task::addCandidateGroup);
        Approval first = approvals.ofRequest(request(task)).get(0);
        events.publishEvent(new Announcement(
                Optional.of(first.incident()),
                Set.of(FourEyes.APPROVER),
                "approval/" + first.id() + "/asked",
                "%s: approve or reject: %s".formatted(first.incident(), first.question()),
                Optional.of(task.getId())));
    }

    /** Whoever may not answer would only keep it from those who may. */
    @Override
    public void assigned(DelegateTask task) {
        if (!IncidentTasks.approve(task) || task.getAssignee() == null || fourEyes.mayAnswer(task.getAssignee())) {
            return;
        }
        throw refused(
                task,
                task.getAssignee(),
                new ApprovalRefused(
                        Kind.FORBIDDEN,
                        "approverNotAllowed",
                        "%s may not take a request for approval.".formatted(task.getAssignee()),
                        "An approver takes it."));
    }

    @Override
    public void completed(DelegateTask task) {
        if (!IncidentTasks.approve(task)) {
            return;
        }
        String person = IncidentTasks.caller(task)
                .orElseThrow(() -> refused(
                        task,
                        "unknown",
                        new ApprovalRefused(
                                Kind.FORBIDDEN,
                                "nobodyAuthenticated",
                                "It is not known who answers.",
                                "Log in, and answer as yourself.")));
        var answer = ApprovalAnswer.of(
                IncidentTasks.text(task, "approvalAnswer"),
                IncidentTasks.text(task, "approvalReason"),
                IncidentTasks.text(task, "approvalAlternative"));
        String text = decisions.decide(request(task), person, answer);
        DelegateExecution execution = task.getExecution();
        execution.setVariableLocal("decision", answer.outcome());
        execution.setVariableLocal("alternative", answer.alternative());
        execution.setVariableLocal("approvalText", text);
    }

    private ApprovalRefused refused(DelegateTask task, String person, ApprovalRefused refused) {
        approvals.ofRequest(request(task)).stream()
                .findFirst()
                .ifPresent(one -> alarm.refused(one.incident(), person, refused.reason(), refused.getMessage()));
        return refused;
    }

    private static String request(DelegateTask task) {
        return task.getExecution().getProcessInstanceId();
    }
}
