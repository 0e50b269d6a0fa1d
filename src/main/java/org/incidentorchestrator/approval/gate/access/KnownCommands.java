package org.incidentorchestrator.approval.gate.access;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobListener;
import org.camunda.bpm.engine.impl.jobexecutor.SuccessfulJobListener;

/**
 * The engine's commands by what becomes of them when a person gives one. Whatever is in none of the lists is refused: a
 * command of a later engine too. A test holds that those which are {@link #CHECKED} ask a checker.
 */
final class KnownCommands {
    private static final Pattern READING = Pattern.compile("(Get|Find|Is|ExecuteFilter|EvaluateDecision|MetricsQuery"
            + "|Execute\\w*Report|ExecuteDuration|HistoricTaskInstanceCount|TaskCount|AuthorizationCheck"
            + "|Create(User|Group|Tenant|NativeUser)Query).*|.*(Query|Report)Impl");

    /** They ask {@link ClosedChecks}, which says yes to few. */
    static final Set<String> CHECKED = words(
            """
            ClaimTaskCmd AssignTaskCmd CompleteTaskCmd SubmitTaskFormCmd SubmitStartFormCmd SetJobRetriesCmd
            DeleteProcessInstanceCmd DeleteProcessInstancesCmd
            StartProcessInstanceCmd StartProcessInstanceAtActivitiesCmd EvaluateStartConditionCmd
            CorrelateMessageCmd CorrelateAllMessageCmd MessageEventReceivedCmd SignalEventReceivedCmd SignalCmd
            ModifyProcessInstanceCmd CreateMigrationPlanCmd MigrateProcessInstanceCmd
            SetExecutionVariablesCmd RemoveExecutionVariablesCmd PatchExecutionVariablesCmd
            SetTaskVariablesCmd RemoveTaskVariablesCmd PatchTaskVariablesCmd
            ExecuteJobsCmd SetJobDuedateCmd RecalculateJobDuedateCmd SetJobPriorityCmd DeleteJobCmd
            SuspendJobCmd ActivateJobCmd SuspendJobDefinitionCmd ActivateJobDefinitionCmd SetJobDefinitionPriorityCmd
            SuspendProcessInstanceCmd ActivateProcessInstanceCmd SuspendProcessDefinitionCmd
            ActivateProcessDefinitionCmd
            DelegateTaskCmd ResolveTaskCmd HandleTaskBpmnErrorCmd HandleTaskEscalationCmd CreateTaskCmd SaveTaskCmd
            DeleteTaskCmd SetTaskNameCmd SetTaskDescriptionCmd SetTaskDueDateCmd SetTaskFollowUpDateCmd SetTaskOwnerCmd
            SetTaskPriorityCmd AddUserIdentityLinkCmd AddGroupIdentityLinkCmd DeleteUserIdentityLinkCmd
            DeleteGroupIdentityLinkCmd
            CompleteExternalTaskCmd HandleExternalTaskBpmnErrorCmd HandleExternalTaskFailureCmd
            ExtendLockOnExternalTaskCmd LockExternalTaskCmd UnlockExternalTaskCmd SetExternalTaskRetriesCmd
            SetExternalTaskPriorityCmd
            CreateIncidentCmd ResolveIncidentCmd SetAnnotationForIncidentCmd
            DeployCmd DeleteDeploymentCmd DeleteProcessDefinitionsByIdsCmd DeleteProcessDefinitionsByKeyCmd
            UpdateProcessDefinitionHistoryTimeToLiveCmd UpdateDecisionDefinitionHistoryTimeToLiveCmd
            DeleteHistoricProcessInstancesCmd DeleteHistoricTaskInstanceCmd DeleteHistoricVariableInstanceCmd
            DeleteHistoricVariableInstancesByProcessInstanceIdCmd DeleteHistoricDecisionInstanceByInstanceIdCmd
            DeleteHistoricDecisionInstanceByDefinitionIdCmd DeleteUserOperationLogEntryCmd SetAnnotationForOperationLog
            DeleteBatchCmd DeleteHistoricBatchCmd SuspendBatchCmd ActivateBatchCmd
            SetVariablesToProcessInstancesBatchCmd CorrelateAllMessageBatchCmd DeleteProcessInstanceBatchCmd
            ModifyProcessInstanceAsyncCmd ProcessInstanceModificationBatchCmd RestartProcessInstancesBatchCmd
            MigrateProcessInstanceBatchCmd SetJobsRetriesBatchCmd SetJobsRetriesByProcessBatchCmd
            SetExternalTasksRetriesBatchCmd UpdateProcessInstancesSuspendStateBatchCmd
            DeleteHistoricProcessInstancesBatchCmd DeleteHistoricDecisionInstancesBatchCmd
            SetRemovalTimeToHistoricProcessInstancesCmd SetRemovalTimeToHistoricDecisionInstancesCmd
            SetRemovalTimeToHistoricBatchesCmd
            SetPropertyCmd DeletePropertyCmd SetLicenseKeyCmd DeleteLicenseKeyCmd DeleteMetricsCmd DeleteTaskMetricsCmd
            RegisterDeploymentCmd UnregisterDeploymentCmd RegisterProcessApplicationCmd UnregisterProcessApplicationCmd
            """);

    /** They ask no checker. */
    static final Set<String> OPEN = words(
            """
            AddCommentCmd
            CreateFilterCmd SaveFilterCmd DeleteFilterCmd
            CheckPassword CreateUserCmd SaveUserCmd DeleteUserCmd UnlockUserCmd CreateMembershipCmd DeleteMembershipCmd
            """);

    /** What the engine does by itself after it has tried to execute a job; a person executes none. */
    static final Set<Class<?>> AFTER_A_JOB = Set.of(FailedJobListener.class, SuccessfulJobListener.class);

    private KnownCommands() {}

    /** Why a person may not give this command at all; empty where whoever it asks decides. */
    static Optional<Closed> refusal(Class<?> command) {
        String name = command.getSimpleName();
        if (ours(command) || reads(command) || CHECKED.contains(name) || OPEN.contains(name)) {
            return Optional.empty();
        }
        return Optional.of(name.contains("Authorization") || name.contains("Group") ? Closed.RIGHTS : closed(name));
    }

    private static Closed closed(String name) {
        return name.contains("Histor")
                ? Closed.RECORD
                : name.contains("ProcessInstance") ? Closed.AROUND : Closed.UNKNOWN;
    }

    static boolean reads(Class<?> command) {
        return READING.matcher(command.getSimpleName()).matches();
    }

    /** What this program composes itself; the commands inside of it are asked about one by one. */
    private static boolean ours(Class<?> command) {
        return command.getName().startsWith("org.incidentorchestrator.") && Command.class.isAssignableFrom(command);
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
