package org.incidentorchestrator.runbook;

import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Gives each process the variable {@code outcome}: the end event it reached, less the prefix. So a caller asks for the
 * word that the reader sees in the diagram.
 */
@Component
class RunbookOutcome extends AbstractBpmnParseListener {
    private static final String PREFIX = "endEvent_";

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl end) {
        boolean ofProcess = end.getFlowScope() == end.getProcessDefinition();
        if (ofProcess && end.getId().startsWith(PREFIX)) {
            String outcome = end.getId().substring(PREFIX.length());
            end.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                    execution -> execution.setVariable("outcome", outcome));
        }
    }
}
