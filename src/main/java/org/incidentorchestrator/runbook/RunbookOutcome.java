package org.incidentorchestrator.runbook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Gives each process the variable {@code outcome}: the end event it reached, less the prefix, and less the suffix by which
 * two of a label differ. So a caller asks for the word that the reader sees in the diagram, wherever it is drawn there.
 */
@Component
class RunbookOutcome extends AbstractBpmnParseListener {
    private static final Pattern END = Pattern.compile("endEvent_([a-zA-Z0-9]+)(_[a-zA-Z0-9]+)?");

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl end) {
        boolean ofProcess = end.getFlowScope() == end.getProcessDefinition();
        Matcher id = END.matcher(end.getId());
        if (ofProcess && id.matches()) {
            String outcome = id.group(1);
            end.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                    execution -> execution.setVariable("outcome", outcome));
        }
    }
}
