package org.incidentorchestrator.runbook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.incidentorchestrator.evidence.Retained;
import org.incidentorchestrator.evidence.RetentionSettings;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The engine's history of what has ended. The engine writes beside it when it may go, by how long it was kept when it ended,
 * and removes it by jobs of its own; it does so only when it is asked to.
 */
@Component
class HistoryRetention implements Retained {
    private final ProcessEngine engine;
    private final RetentionSettings settings;

    HistoryRetention(ProcessEngine engine, RetentionSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /** The models say the default; a definition that was deployed with another one gets what is set now. */
    @EventListener(ApplicationReadyEvent.class)
    void keepAsSet() {
        int days = (int) settings.history().toDays();
        RepositoryService models = engine.getRepositoryService();
        AsProgram.in(engine, () -> {
            for (ProcessDefinition model : models.createProcessDefinitionQuery().list()) {
                if (!Objects.equals(model.getHistoryTimeToLive(), days)) {
                    models.updateProcessDefinitionHistoryTimeToLive(model.getId(), days);
                }
            }
            for (DecisionDefinition table :
                    models.createDecisionDefinitionQuery().list()) {
                if (!Objects.equals(table.getHistoryTimeToLive(), days)) {
                    models.updateDecisionDefinitionHistoryTimeToLive(table.getId(), days);
                }
            }
        });
    }

    @Override
    public String what() {
        return "processes of the engine's history";
    }

    @Override
    public Duration keepFor() {
        return settings.history();
    }

    @Override
    public List<String> tables() {
        return List.of();
    }

    @Override
    public int remove(Instant before, int most) {
        AsProgram.in(engine, () -> {
            engine.getHistoryService().cleanUpHistoryAsync(true);
        });
        return 0;
    }
}
