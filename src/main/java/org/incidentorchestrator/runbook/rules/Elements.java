package org.incidentorchestrator.runbook.rules;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * The elements of a model by their type, each type looked for once: the model library searches the whole document every
 * time, and rules ask thousands of times. Nobody changes a model that is held to rules.
 */
final class Elements {
    private final BpmnModelInstance bpmn;
    private final Map<Class<?>, Collection<?>> found = new ConcurrentHashMap<>();

    Elements(BpmnModelInstance bpmn) {
        this.bpmn = bpmn;
    }

    @SuppressWarnings("unchecked")
    <T extends ModelElementInstance> Collection<T> of(Class<T> type) {
        return (Collection<T>) found.computeIfAbsent(type, each -> List.copyOf(bpmn.getModelElementsByType(type)));
    }
}
