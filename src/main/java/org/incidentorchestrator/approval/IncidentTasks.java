package org.incidentorchestrator.approval;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.AsProgram;

/** The words by which people's tasks and the models speak with each other. */
public final class IncidentTasks {
    /** In characters. */
    public static final int LONGEST_NOTE = 2000;

    public static final String RESPOND = "userTask_respondToIncident";
    /** Of approvers, not of responders: who takes it does not take the incident. */
    public static final String APPROVE = "userTask_approveChange";

    public static final String REVIEW = "userTask_reviewBrokenGlass";
    /** A task's own variable: the highest level that was paged, in words, once that is more than the first. */
    public static final String ESCALATED = "escalatedTo";

    public static final String ACKNOWLEDGED = "incident.acknowledged";
    public static final String GIVEN_BACK = "incident.givenBack";
    public static final String ENDED = "incident.ended";
    public static final String ALERT_RESOLVED = "incident.alertResolved";

    private IncidentTasks() {}

    public static boolean respond(DelegateTask task) {
        return RESPOND.equals(task.getTaskDefinitionKey());
    }

    public static boolean approve(DelegateTask task) {
        return APPROVE.equals(task.getTaskDefinitionKey());
    }

    public static boolean review(DelegateTask task) {
        return REVIEW.equals(task.getTaskDefinitionKey());
    }

    /** The incident that a task of its responders belongs to; none for a task of those who approve. */
    public static Optional<IncidentNumber> toRespondTo(DelegateTask task) {
        return approve(task) ? Optional.empty() : incident(task);
    }

    /** The authenticated user; the assignee only where nobody is authenticated, as in a test or a script. */
    public static String person(DelegateTask task) {
        return caller(task).or(() -> Optional.ofNullable(task.getAssignee())).orElse("unknown");
    }

    /** What was typed into a field of the form: no longer than {@link #LONGEST_NOTE}, empty when there is none. */
    public static String text(DelegateTask task, String variable) {
        Object value = task.getVariable(variable);
        String text = value == null ? "" : value.toString().strip();
        return text.substring(0, Math.min(text.length(), LONGEST_NOTE));
    }

    /** The incident that a task belongs to, if it belongs to one. */
    public static Optional<IncidentNumber> incident(DelegateTask task) {
        return Optional.ofNullable(task.getExecution())
                .map(execution -> execution.getProcessBusinessKey())
                .filter(key -> key.startsWith("INC-"))
                .map(IncidentNumber::parse);
    }

    /** Who is asking; nobody where the engine itself works, as in a job or a test. */
    public static Optional<String> caller(DelegateTask task) {
        return authentication(task).map(Authentication::getUserId);
    }

    public static boolean administrator(DelegateTask task) {
        return authentication(task)
                .map(Authentication::getGroupIds)
                .filter(groups -> groups.contains(Groups.CAMUNDA_ADMIN))
                .isPresent();
    }

    private static Optional<Authentication> authentication(DelegateTask task) {
        return Optional.ofNullable(
                task.getProcessEngineServices().getIdentityService().getCurrentAuthentication());
    }

    /** Tells whoever waits for it; none waiting is fine. */
    public static void tell(ProcessEngineServices engine, String message, IncidentNumber incident) {
        unrestricted(engine, () -> engine.getRuntimeService()
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(incident.toString())
                .correlateAllWithResult());
    }

    /**
     * What follows from a person's word is the program's work: it needs none of the caller's rights in the engine, and is
     * none of what the engine refuses callers. Who may say that word is decided before. The caller stays known.
     */
    public static <T> T unrestricted(ProcessEngineServices engine, Callable<T> work) {
        return AsProgram.call(engine, work);
    }
}
