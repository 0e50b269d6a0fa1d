package org.incidentorchestrator.approval.gate;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.TaskWatch;
import org.incidentorchestrator.approval.gate.ApprovalRefused.Kind;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The task <em>Review broken glass</em>: of an approver, and never of whoever broke it. */
@Component
@Order(5)
class GlassReviewTasks implements TaskWatch {
    private final GlassReviews reviews;
    private final FourEyes fourEyes;
    private final GateAlarm alarm;
    private final EvidenceLog evidence;

    GlassReviewTasks(GlassReviews reviews, FourEyes fourEyes, GateAlarm alarm, EvidenceLog evidence) {
        this.reviews = reviews;
        this.fourEyes = fourEyes;
        this.alarm = alarm;
        this.evidence = evidence;
    }

    @Override
    public void assigned(DelegateTask task) {
        if (IncidentTasks.review(task) && task.getAssignee() != null) {
            refuseUnfit(of(task), task.getAssignee());
        }
    }

    @Override
    public void completed(DelegateTask task) {
        if (!IncidentTasks.review(task)) {
            return;
        }
        Approval reviewed = of(task);
        String person = IncidentTasks.caller(task).orElse("");
        refuseUnfit(reviewed, person);
        String note = IncidentTasks.text(task, "reviewNote");
        evidence.append(Entry.of(
                        Entry.Kind.GLASS_REVIEWED,
                        reviewed.incident(),
                        person,
                        person + " reviewed the broken glass ('" + reviewed.question() + "'): " + note)
                .at(task.getTaskDefinitionKey())
                .with(Map.of("approval", reviewed.id())));
    }

    private Approval of(DelegateTask task) {
        return reviews.of(task.getExecution().getProcessBusinessKey()).orElseThrow();
    }

    private void refuseUnfit(Approval reviewed, String person) {
        boolean broke = reviewed.ruling()
                .filter(ruling -> Subject.same(ruling.by(), person))
                .isPresent();
        if (broke || !fourEyes.approver(person)) {
            var refused = new ApprovalRefused(
                    Kind.FORBIDDEN,
                    broke ? "reviewedByBreaker" : "approverNotAllowed",
                    broke
                            ? person + " broke this glass and cannot review it."
                            : "'" + person + "' is not in the group approver.",
                    "Another approver reviews it.");
            alarm.refused(reviewed.incident(), person, refused.reason(), refused.getMessage());
            throw refused;
        }
    }
}
