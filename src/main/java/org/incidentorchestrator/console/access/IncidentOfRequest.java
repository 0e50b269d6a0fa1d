package org.incidentorchestrator.console.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.approval.gate.ApprovalDesk;
import org.incidentorchestrator.approval.gate.ApprovalRequest;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.AsProgram;
import org.springframework.stereotype.Component;

/** The incident that a request is about, where its path names one, or something of the engine's that belongs to one. */
@Component
class IncidentOfRequest {
    private static final Pattern THING =
            Pattern.compile("/(incidents|approvals|process-instance|execution|task|job)/([\\w-]{1,64})(?:/.*)?$");
    private static final Pattern NUMBER = Pattern.compile("INC-[1-9]\\d{0,17}");
    private static final Pattern ID = Pattern.compile("\\d{1,18}");

    private final ProcessEngine engine;
    private final ApprovalDesk approvals;

    IncidentOfRequest(ProcessEngine engine, ApprovalDesk approvals) {
        this.engine = engine;
        this.approvals = approvals;
    }

    Optional<IncidentNumber> of(HttpServletRequest request) {
        Matcher thing = THING.matcher(RefusedRequests.path(request));
        return thing.find()
                ? number(thing.group(1), thing.group(2))
                        .filter(NUMBER.asMatchPredicate())
                        .map(IncidentNumber::parse)
                : Optional.empty();
    }

    private Optional<String> number(String kind, String id) {
        return switch (kind) {
            case "incidents" -> Optional.of(id);
            case "approvals" ->
                Optional.of(id)
                        .filter(ID.asMatchPredicate())
                        .flatMap(digits -> approvals.find(Long.parseLong(digits)))
                        .map(ApprovalRequest::incident);
            default -> AsProgram.call(engine, () -> instance(kind, id).flatMap(this::businessKey));
        };
    }

    private Optional<String> instance(String kind, String id) {
        return switch (kind) {
            case "task" ->
                Optional.ofNullable(engine.getTaskService()
                                .createTaskQuery()
                                .taskId(id)
                                .singleResult())
                        .map(Task::getProcessInstanceId);
            case "job" ->
                Optional.ofNullable(engine.getManagementService()
                                .createJobQuery()
                                .jobId(id)
                                .singleResult())
                        .map(Job::getProcessInstanceId);
            case "execution" ->
                Optional.ofNullable(engine.getRuntimeService()
                                .createExecutionQuery()
                                .executionId(id)
                                .singleResult())
                        .map(Execution::getProcessInstanceId);
            default -> Optional.of(id);
        };
    }

    private Optional<String> businessKey(String instance) {
        return Optional.ofNullable(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .singleResult())
                .map(ProcessInstance::getBusinessKey);
    }
}
