package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.incidentorchestrator.step.StepFacts;

/**
 * What a model may name.
 *
 * @param steps by their name in models
 * @param obligations the ids of the runbook's lines
 * @param forms by id
 * @param decisions their keys
 * @param respondersActions the words that the decision {@code autonomy} never asks a second person about
 * @param models all that are deployed together: a part is judged with its callers
 */
public record Known(
        Map<String, StepFacts> steps,
        Set<String> obligations,
        Map<String, FormFacts> forms,
        Set<String> decisions,
        Set<String> respondersActions,
        List<Model> models) {}
