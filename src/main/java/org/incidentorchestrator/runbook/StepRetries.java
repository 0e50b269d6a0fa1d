package org.incidentorchestrator.runbook;

import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.bpmn.parser.DefaultFailedJobParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.ParseUtil;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * A step is tried again after the pauses of the settings, also where its model does not say so: a template of the Modeler
 * cannot write the element that would.
 */
@Component
class StepRetries extends AbstractBpmnParseListener {
    private static final Pattern STEP = Pattern.compile("\\$\\{(steps|proposals)\\.\\w+}");

    @Override
    public void parseServiceTask(Element task, ScopeImpl scope, ActivityImpl activity) {
        String delegate = task.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "delegateExpression", "");
        if (STEP.matcher(delegate).matches()) {
            activity.getProperties()
                    .set(
                            DefaultFailedJobParseListener.FAILED_JOB_CONFIGURATION,
                            ParseUtil.parseRetryIntervals("${retries.cluster}"));
        }
    }
}
