package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.Test;

/** The engine takes every model and every decision, as one deployment. */
class ModelsDeployTest {
    @Test
    void every_model_deploys() {
        ProcessEngine engine = engine();
        try {
            DeploymentWithDefinitions deployment = deployAll(engine);
            assertThat(deployment.getDeployedProcessDefinitions())
                    .extracting(ProcessDefinition::getKey)
                    .containsExactlyInAnyOrderElementsOf(keys(".bpmn"));
            assertThat(deployment.getDeployedDecisionDefinitions())
                    .extracting(DecisionDefinition::getKey)
                    .containsExactlyInAnyOrderElementsOf(keys(".dmn"));
            assertThat(engine.getRepositoryService()
                            .createProcessDefinitionQuery()
                            .startableInTasklist()
                            .list())
                    .as("startable by hand in Tasklist: what a person asks for; all else belongs to an incident")
                    .extracting(ProcessDefinition::getKey)
                    .containsExactlyInAnyOrder(
                            "declare-incident", "begin-procedure", "stop-changes", "look-around-by-hand");
        } finally {
            engine.close();
        }
    }

    private static ProcessEngine engine() {
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:models-deploy");
        configuration.setEnforceHistoryTimeToLive(true);
        // A timer that starts a process is armed by its deployment.
        configuration.setBeans(Map.of("timers", Map.of("maintenanceStart", "0 0 2 ? * SUN")));
        return configuration.buildProcessEngine();
    }

    private static DeploymentWithDefinitions deployAll(ProcessEngine engine) {
        DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
        for (Path file : files()) {
            deployment.addString(file.getFileName().toString(), text(file));
        }
        return deployment.deployWithResult();
    }

    private static List<String> keys(String suffix) {
        return files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(suffix))
                .map(name -> name.substring(0, name.length() - suffix.length()))
                .toList();
    }

    private static List<Path> files() {
        try (Stream<Path> all = Stream.concat(Files.walk(Path.of("processes")), Files.walk(Path.of("forms")))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
