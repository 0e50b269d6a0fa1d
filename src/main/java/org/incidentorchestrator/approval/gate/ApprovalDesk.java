package org.incidentorchestrator.approval.gate;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.gate.ApprovalRefused.Kind;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.step.Proposals;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Requests for approval from outside of Tasklist: what is asked, and answering it as whoever is logged in. */
@Component
public class ApprovalDesk {
    private final Approvals approvals;
    private final Proposals proposals;
    private final ProcessEngine engine;
    private final GateAlarm alarm;
    private final Clock clock;

    ApprovalDesk(Approvals approvals, Proposals proposals, @Lazy ProcessEngine engine, GateAlarm alarm, Clock clock) {
        this.approvals = approvals;
        this.proposals = proposals;
        this.engine = engine;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** Newest first. @param open only those that wait for an answer; @param limit of changes, not of requests */
    public List<ApprovalRequest> list(boolean open, int limit) {
        Map<String, List<Approval>> requests = new LinkedHashMap<>();
        approvals.list(open, limit).forEach(one -> requests.computeIfAbsent(one.request(), approvals::ofRequest));
        return requests.values().stream().map(this::shown).toList();
    }

    /** All that was ever asked for an incident, by proposal: each is asked about once. */
    public Map<Long, AskedApproval> of(IncidentNumber incident) {
        List<Approval> rows = approvals.of(incident);
        Map<String, Long> requests =
                rows.stream().collect(Collectors.toMap(Approval::request, Approval::id, Math::min));
        return rows.stream()
                .collect(Collectors.toMap(
                        Approval::proposal, row -> AskedApproval.of(row, requests.get(row.request()))));
    }

    /** @param id of any change of the request */
    public Optional<ApprovalRequest> find(long id) {
        return approvals.find(id).map(one -> shown(approvals.ofRequest(one.request())));
    }

    /**
     * Completes the request's task as the person who is authenticated at the engine, whoever had it.
     *
     * @param word approve, reject, lookAgain or breakGlass
     * @throws ApprovalRefused when this person may not say so, or not any more
     */
    public ApprovalRequest answer(long id, String word, String reason, String alternative) {
        Approval asked = approvals.find(id).orElseThrow();
        Map<String, Object> answer = new HashMap<>();
        answer.put("approvalAnswer", word);
        answer.put("approvalReason", reason);
        answer.put("approvalAlternative", alternative);
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        try {
            configuration
                    .getCommandExecutorTxRequired()
                    .execute(context -> context.runWithoutAuthorization(() -> complete(asked, answer)));
        } catch (RuntimeException failed) {
            throw refusal(failed).orElseThrow(() -> failed);
        }
        return find(id).orElseThrow();
    }

    private Task complete(Approval asked, Map<String, Object> answer) {
        TaskService tasks = engine.getTaskService();
        Task task = Optional.ofNullable(tasks.createTaskQuery()
                        .processInstanceId(asked.request())
                        .taskDefinitionKey(IncidentTasks.APPROVE)
                        .singleResult())
                .orElseThrow(() -> decided(asked));
        var caller = engine.getIdentityService().getCurrentAuthentication();
        if (caller != null && !caller.getUserId().equals(task.getAssignee())) {
            tasks.setAssignee(task.getId(), caller.getUserId());
        }
        tasks.complete(task.getId(), answer);
        return task;
    }

    private ApprovalRefused decided(Approval asked) {
        var refused = new ApprovalRefused(
                Kind.TOO_LATE, "approvalDecided", "This request is decided already.", "See its incident.");
        var caller = engine.getIdentityService().getCurrentAuthentication();
        alarm.refused(
                asked.incident(),
                caller == null ? "unknown" : caller.getUserId(),
                refused.reason(),
                refused.getMessage());
        return refused;
    }

    /** The engine wraps what a listener throws. */
    private static Optional<ApprovalRefused> refusal(RuntimeException failed) {
        return Stream.iterate((Throwable) failed, cause -> cause != null, Throwable::getCause)
                .filter(ApprovalRefused.class::isInstance)
                .map(ApprovalRefused.class::cast)
                .findFirst();
    }

    private ApprovalRequest shown(List<Approval> asked) {
        return ApprovalRequest.of(
                asked.get(0),
                asked.stream()
                        .flatMap(
                                one -> proposals
                                        .find(one.proposal())
                                        .map(proposal -> ApprovalRequest.Change.of(one, proposal))
                                        .stream())
                        .toList(),
                clock.instant());
    }
}
