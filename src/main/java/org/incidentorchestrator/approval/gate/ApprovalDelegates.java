package org.incidentorchestrator.approval.gate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.spin.plugin.variable.SpinValues;
import org.incidentorchestrator.approval.gate.ApprovalRequests.Question;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.ForModels;
import org.incidentorchestrator.runbook.ModelDelegates;
import org.springframework.stereotype.Component;

/** {@code ${approvals.x}}: what approve-change says and asks. Touches the database only. */
@ForModels("approvals")
@Component
final class ApprovalDelegates extends ModelDelegates {
    ApprovalDelegates(ApprovalRequests requests, ApprovalForm form, GlassReviews reviews, Incidents incidents) {
        super(Map.of(
                "ask",
                execution -> {
                    ask(execution, requests, form);
                    show(execution, incidents);
                },
                "tellOfGlass",
                reviews::tell,
                "escalate",
                execution -> requests.escalate(execution.getProcessInstanceId())));
    }

    private static void ask(DelegateExecution execution, ApprovalRequests requests, ApprovalForm form) {
        Optional<List<Approval>> asked = requests.ask(question(execution));
        execution.setVariableLocal("stillAsked", asked.isPresent());
        execution.setVariableLocal("decision", asked.isPresent() ? null : "noLongerAsked");
        execution.setVariableLocal("alternative", "");
        execution.setVariableLocal(
                "approvalText",
                asked.isPresent() ? "" : "It is no longer asked: the alert has ended, or the run was aborted.");
        execution.setVariableLocal(
                "approvalRequest",
                asked.map(rows -> SpinValues.jsonValue(form.of(rows)).create()).orElse(null));
        execution.setVariableLocal(
                "approvalExpiresAt",
                asked.map(rows -> rows.get(0).expiresAt().toString()).orElse(null));
    }

    /** On the task's card in Tasklist, as on those of responders. */
    private static void show(DelegateExecution execution, Incidents incidents) {
        Incident incident = incidents.get(IncidentNumber.parse(execution.getProcessBusinessKey()));
        execution.setVariableLocal("severity", incident.severity().name().toLowerCase(Locale.ROOT));
        execution.setVariableLocal("summary", incident.summary());
    }

    private static Question question(DelegateExecution execution) {
        return new Question(
                execution.getProcessInstanceId(),
                IncidentNumber.parse(execution.getProcessBusinessKey()),
                ((ExecutionEntity) execution).getRootProcessInstanceId(),
                "EXECUTE".equals(execution.getVariable("mode")) ? "EXECUTE" : "REHEARSE",
                text(execution, "proposalIds"),
                text(execution, "question"),
                text(execution, "alternatives"));
    }

    private static String text(DelegateExecution execution, String variable) {
        Object value = execution.getVariable(variable);
        return value == null ? "" : value.toString();
    }
}
