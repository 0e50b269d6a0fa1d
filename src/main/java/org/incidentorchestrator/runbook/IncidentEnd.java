package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.IncidentClosed;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.step.TargetLocks;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Closes the incident's row when its root process ends, in the same transaction, and frees what the run held. */
@Component
class IncidentEnd extends AbstractBpmnParseListener {
    private static final String OVER_IN_MAINTENANCE = "endEvent_overInMaintenance";
    /** How planned work ends without people. */
    private static final Map<String, Outcome> WORK = Map.of(
            "endEvent_workDone", Outcome.WORK_DONE,
            "endEvent_rehearsed", Outcome.WORK_REHEARSED,
            "endEvent_abandoned", Outcome.WORK_ABANDONED);

    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final TargetLocks locks;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    IncidentEnd(
            Incidents incidents,
            EvidenceLog evidence,
            TargetLocks locks,
            ApplicationEventPublisher events,
            Clock clock) {
        this.incidents = incidents;
        this.evidence = evidence;
        this.locks = locks;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity definition) {
        if (IncidentProcesses.ROOTS.contains(definition.getKey())) {
            definition.addListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) this::close);
        }
    }

    private void close(DelegateExecution root) {
        locks.release(root.getProcessInstanceId());
        IncidentNumber number = IncidentNumber.parse(root.getProcessBusinessKey());
        Incident incident = incidents.lock(number);
        Outcome outcome = root.isCanceled()
                ? Outcome.CANCELLED
                : WORK.getOrDefault(String.valueOf(root.getCurrentActivityId()), outcome(incident));
        if (incidents.close(number, outcome, clock.instant())) {
            evidence.append(Entry.of(Entry.Kind.INCIDENT_CLOSED, number, Entry.SELF, told(outcome, root))
                    .at(root.getCurrentActivityId())
                    .with(Map.of("outcome", outcome.name())));
            events.publishEvent(new IncidentClosed(incidents.get(number)));
        }
    }

    private static Outcome outcome(Incident incident) {
        if (incident.ending() == null) {
            return Outcome.RESOLVED_BY_RUNBOOK;
        }
        return switch (incident.ending().cause()) {
            case PAGER_RESOLVED -> Outcome.RESOLVED_MEANWHILE;
            case PERSON_RESOLVED -> Outcome.RESOLVED_BY_PERSON;
            case NOT_AN_INCIDENT -> Outcome.NOT_AN_INCIDENT;
            case CONTINUED_ELSEWHERE -> Outcome.CONTINUED_ELSEWHERE;
        };
    }

    private static String told(Outcome outcome, DelegateExecution root) {
        if (OVER_IN_MAINTENANCE.equals(root.getCurrentActivityId())) {
            return "closed: it was resolved while maintenance kept it from people; nobody was paged, nothing was run";
        }
        return switch (outcome) {
            case RESOLVED_BY_RUNBOOK -> "closed: resolved by the runbook, and the verification held";
            case RESOLVED_MEANWHILE -> "closed: the pager resolved it, and the verification agreed";
            case RESOLVED_BY_PERSON -> "closed: resolved, as a person said";
            case NOT_AN_INCIDENT -> "closed: not an incident, as a person said";
            case CONTINUED_ELSEWHERE -> "closed: continued elsewhere, as a person said";
            case WORK_DONE -> "closed: the work is done, as the procedure has it";
            case WORK_REHEARSED -> "closed: the work was rehearsed; nothing was changed";
            case WORK_ABANDONED -> "closed: the work was abandoned; the timeline says why";
            case CANCELLED -> "closed: its process was deleted";
        };
    }
}
