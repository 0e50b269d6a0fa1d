package org.incidentorchestrator.runbook;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelFiles;
import org.incidentorchestrator.runbook.rules.Reading;
import org.incidentorchestrator.step.StepFacts;
import org.incidentorchestrator.step.verb.Verbs;

/** The models, forms and decisions of the project's folders, and the steps that they may call. */
final class ProjectModels {
    private ProjectModels() {}

    static List<Model> models() {
        return reading().models();
    }

    static Known known() {
        return known(reading());
    }

    /** What these models may name: what lies with them, and the steps of today. */
    static Known known(Reading models) {
        return models.known(Verbs.all().stream()
                .map(StepFacts::of)
                .collect(Collectors.toMap(StepFacts::name, Function.identity())));
    }

    static Reading reading() {
        return new Reading(files(), ModelFiles.none());
    }

    static ModelFiles files() {
        return ModelFiles.in(Path.of(""));
    }
}
