package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.ChildrenChanged;
import org.incidentorchestrator.incident.CommonCause;
import org.incidentorchestrator.incident.CommonCause.Kind;
import org.incidentorchestrator.incident.CommonCauseSettings;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.CommonCauses.Children;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What the incident of a common cause asks about itself: which cause it is, whether that is gone, and who waits on it. */
@Component
class CauseWatch {
    /** Looks in a row: a node that comes and goes is not well. */
    private static final int CLEAR = 2;

    private final Incidents incidents;
    private final CommonCauses causes;
    private final CommonCauseSettings settings;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CauseWatch(
            Incidents incidents,
            CommonCauses causes,
            CommonCauseSettings settings,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.incidents = incidents;
        this.causes = causes;
        this.settings = settings;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /** The cause ({@code cause}) and the node that it is about ({@code causeNode}), by the incident's key. */
    void recall(DelegateExecution execution) {
        CommonCause cause = CommonCause.of(incident(execution).key());
        execution.setVariableLocal("cause", cause.kind().word());
        execution.setVariableLocal("causeNode", cause.kind().ofNode() ? cause.where() : "");
    }

    /** Whether the last looks have not found it any more ({@code causeGone}); unknown is not gone. */
    void weigh(DelegateExecution execution) {
        Incident incident = incident(execution);
        Children children = causes.count(incident.number(), clock.instant());
        boolean clear = clear(CommonCause.of(incident.key()).kind(), children, execution);
        int looks = clear ? number(execution, "clearLooks") + 1 : 0;
        boolean changed = children.waiting() != number(execution, "waiting");
        execution.setVariableLocal("clearLooks", looks);
        execution.setVariableLocal("causeGone", looks >= CLEAR);
        execution.setVariableLocal("waiting", children.waiting());
        if (changed) {
            tell(incident, children, execution);
        }
    }

    private boolean clear(Kind kind, Children children, DelegateExecution execution) {
        String node = String.valueOf(execution.getVariable("nodeState"));
        return switch (kind) {
            case NODE_NOT_READY -> Set.of("ready", "pressure").contains(node);
            case NODE_PRESSURE -> node.equals("ready");
            case API_SERVER -> "ok".equals(execution.getVariable("apiServer"));
            case CLUSTER_DNS -> "ok".equals(execution.getVariable("dns"));
            case SEVERAL_SERVICES -> children.firing() < settings.services();
        };
    }

    private void tell(Incident incident, Children children, DelegateExecution execution) {
        evidence.append(Entry.of(
                        Entry.Kind.NOTE,
                        incident.number(),
                        Entry.SELF,
                        "wait on it now: %d, of %d in all".formatted(children.waiting(), children.all()))
                .at(execution.getCurrentActivityId()));
        events.publishEvent(new ChildrenChanged(incident));
    }

    private static int number(DelegateExecution execution, String variable) {
        Object before = execution.getVariable(variable);
        return before instanceof Number number ? number.intValue() : 0;
    }

    private Incident incident(DelegateExecution execution) {
        return incidents.get(IncidentNumber.parse(execution.getProcessBusinessKey()));
    }
}
