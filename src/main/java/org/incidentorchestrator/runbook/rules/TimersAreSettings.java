package org.incidentorchestrator.runbook.rules;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;

/**
 * When something is due is a setting; a cycle loses its repeats over an outage, and only a calendar that begins something
 * has no other way.
 */
final class TimersAreSettings implements ModelRule {
    private static final Pattern TIMER = Pattern.compile("\\$\\{timers\\.\\w+(\\([\\w, ]*\\))?}");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(TimerEventDefinition.class)
                .filter(timer -> timer.getTimeCycle() != null && !(timer.getParentElement() instanceof StartEvent)
                        || !TIMER.matcher(timer.getTextContent().strip()).matches())
                .map(timer -> model.violation(
                        this,
                        (BaseElement) timer.getParentElement(),
                        "use a time or duration ${timers.…}, no literal and no cycle, and add the setting"));
    }
}
