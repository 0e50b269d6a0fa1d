package org.incidentorchestrator.runbook;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.spring.boot.starter.configuration.impl.DefaultDeploymentConfiguration;
import org.incidentorchestrator.runbook.rules.ModelFile;
import org.incidentorchestrator.runbook.rules.ModelFiles;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** Deploys the models of the settings' folder with those of the program, as one deployment: they call each other in it. */
@Component
class ModelDeployment extends DefaultDeploymentConfiguration {
    private final ModelFiles models;

    ModelDeployment(ModelFiles models) {
        this.models = models;
    }

    @Override
    public Set<Resource> getDeploymentResources() {
        return Stream.concat(
                        models.all().stream().map(ModelFile::content),
                        super.getDeploymentResources().stream()
                                .filter(file -> !models.byName().containsKey(file.getFilename())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
