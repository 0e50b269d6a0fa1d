package org.incidentorchestrator.runbook;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.springframework.stereotype.Component;

/** The steps that the deployed models call or propose, each in the newest version of its model. */
@Component
class CalledSteps {
    private static final Pattern STEP = Pattern.compile("\\$\\{(?:steps|proposals)\\.(\\w+)}");

    private final ProcessEngine engine;

    CalledSteps(ProcessEngine engine) {
        this.engine = engine;
    }

    SortedSet<String> names() {
        return AsProgram.in(engine, () -> {
            SortedSet<String> names = new TreeSet<>();
            engine.getRepositoryService()
                    .createProcessDefinitionQuery()
                    .latestVersion()
                    .list()
                    .forEach(model -> collect(model, names));
            return names;
        });
    }

    private void collect(ProcessDefinition model, SortedSet<String> names) {
        engine.getRepositoryService()
                .getBpmnModelInstance(model.getId())
                .getModelElementsByType(ServiceTask.class)
                .forEach(task -> STEP.matcher(String.valueOf(task.getCamundaDelegateExpression()))
                        .results()
                        .forEach(call -> names.add(call.group(1))));
    }
}
