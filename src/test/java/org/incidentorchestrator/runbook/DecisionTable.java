package org.incidentorchestrator.runbook;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;

/** One decision of the project, as the engine decides it, without an engine around it. */
record DecisionTable(DmnDecision table) {
    private static final DmnEngine ENGINE = new DefaultDmnEngineConfiguration().buildEngine();

    /** @param key its file's name without the ending */
    static DecisionTable of(String key) {
        return new DecisionTable(ENGINE.parseDecision(
                key, DecisionTable.class.getResourceAsStream("/processes/decisions/" + key + ".dmn")));
    }

    /** @return null when no row fits */
    <T> T decide(Map<String, Object> inputs) {
        DmnDecisionTableResult result = ENGINE.evaluateDecisionTable(table, inputs);
        return result.isEmpty() ? null : result.getSingleResult().getSingleEntry();
    }

    /** Name, value, name, value …; a value may be null. */
    static Map<String, Object> inputs(Object... pairs) {
        Map<String, Object> inputs = new HashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            inputs.put((String) pairs[at], pairs[at + 1]);
        }
        return inputs;
    }
}
