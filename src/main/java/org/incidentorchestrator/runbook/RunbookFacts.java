package org.incidentorchestrator.runbook;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.EndingSettings;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Target;
import org.springframework.stereotype.Component;

/**
 * Which runbook was sent for, about what, and how it ended: facts of a call activity that names it by a variable. The
 * runbook that {@code ${runbook}} names is the incident's from then on; what {@code ${procedure}} names is worked on the way.
 */
@Component
class RunbookFacts extends AbstractBpmnParseListener {
    private static final Pattern NAMED = Pattern.compile("\\$\\{(runbook|procedure)}");

    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final EndingSettings endings;

    RunbookFacts(Incidents incidents, EvidenceLog evidence, EndingSettings endings) {
        this.incidents = incidents;
        this.evidence = evidence;
        this.endings = endings;
    }

    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl call) {
        Matcher named = NAMED.matcher(String.valueOf(element.attribute("calledElement")));
        if (named.matches()) {
            String variable = named.group(1);
            call.addListener(
                    ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> started(execution, variable));
            call.addListener(
                    ExecutionListener.EVENTNAME_END, (ExecutionListener) execution -> ended(execution, variable));
        }
    }

    private void started(DelegateExecution execution, String variable) {
        IncidentNumber number = IncidentNumber.parse(execution.getProcessBusinessKey());
        String runbook = String.valueOf(execution.getVariable(variable));
        Optional<Target> target = Optional.ofNullable((String) execution.getVariable("target"))
                .filter(id -> !id.isEmpty())
                .map(Target::parse);
        if (variable.equals("runbook")) {
            choose(number, target.orElse(null), runbook);
        }
        evidence.append(Entry.of(
                        Entry.Kind.RUNBOOK_STARTED,
                        number,
                        Entry.SELF,
                        "runbook " + runbook
                                + target.map(found -> " for " + found).orElse(""))
                .at(execution.getCurrentActivityId())
                .with(Map.of("runbook", runbook)));
    }

    private void choose(IncidentNumber number, Target target, String runbook) {
        incidents.choose(number, target, runbook);
        if (!endings.byPager(runbook)) {
            // Resolved before it was known what it is: that has ended nothing.
            incidents.fireAgain(number);
        }
    }

    private void ended(DelegateExecution execution, String variable) {
        String outcome = String.valueOf(execution.getVariable("runbookOutcome"));
        evidence.append(Entry.of(
                        Entry.Kind.RUNBOOK_ENDED,
                        IncidentNumber.parse(execution.getProcessBusinessKey()),
                        Entry.SELF,
                        "runbook " + execution.getVariable(variable) + " ended: " + outcome)
                .at(execution.getCurrentActivityId())
                .with(Map.of("outcome", outcome)));
    }
}
