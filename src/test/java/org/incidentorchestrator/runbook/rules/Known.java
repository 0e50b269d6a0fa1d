package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model may name.
 *
 * @param steps by their name in models
 * @param obligations the ids of the runbook's lines
 * @param forms by id
 * @param decisions their keys
 * @param models all models of the project: a part is judged with its callers
 */
public record Known(
        Map<String, StepFacts> steps,
        Set<String> obligations,
        Map<String, FormFacts> forms,
        Set<String> decisions,
        List<Model> models) {

    /**
     * @param inputs that a model has to set; @param optional that it may leave out
     * @param codes of the BPMN errors that a call of it may raise; those of the guards included
     */
    public record StepFacts(
            String name,
            boolean changes,
            Set<String> inputs,
            Set<String> optional,
            Set<String> outputs,
            Set<String> codes) {}

    /** @param keys what is asked; @param shows the variables that it shows */
    public record FormFacts(String id, Set<String> keys, Set<String> shows) {}
}
