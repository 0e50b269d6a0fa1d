package org.incidentorchestrator.runbook.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.incidentorchestrator.runbook.AsProgram;
import org.springframework.stereotype.Component;

/**
 * The models of versions that ran. A version never changes and there are few: each is read once, where the engine would
 * ask the database each time.
 */
@Component
class RanModels {
    private final ProcessEngine engine;
    private final Map<String, RanModel> read = new ConcurrentHashMap<>();

    RanModels(ProcessEngine engine) {
        this.engine = engine;
    }

    /** @param xml as it was deployed */
    record RanModel(BpmnModelInstance elements, String xml) {}

    /** @param definition the engine's id of a version that it still has */
    RanModel of(String definition) {
        return read.computeIfAbsent(definition, this::read);
    }

    private RanModel read(String definition) {
        return AsProgram.in(
                engine,
                () -> new RanModel(engine.getRepositoryService().getBpmnModelInstance(definition), xml(definition)));
    }

    private String xml(String definition) {
        try (InputStream model = engine.getRepositoryService().getProcessModel(definition)) {
            return new String(model.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the model " + definition + " cannot be read from the engine's database", e);
        }
    }
}
