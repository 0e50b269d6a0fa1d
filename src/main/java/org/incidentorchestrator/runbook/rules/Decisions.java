package org.incidentorchestrator.runbook.rules;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;

/** The tables of a file, as the engine decides them. */
record Decisions(List<DmnDecision> tables) {
    private static final DmnEngine ENGINE = new DefaultDmnEngineConfiguration().buildEngine();

    /** @throws IOException when it is no DMN, or has an expression that the engine does not take */
    static Decisions read(String text) throws IOException {
        try {
            return new Decisions(
                    ENGINE.parseDecisions(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        } catch (DmnEngineException unfit) {
            throw new IOException(unfit.getMessage(), unfit);
        }
    }

    /** Of {@code autonomy}: the words by which models have a change decided, as far as no second person is asked about them. */
    Set<String> leftToResponders(List<Model> models) {
        return models.stream()
                .flatMap(model -> model.all(CamundaIn.class))
                .filter(in -> "action".equals(in.getCamundaTarget()) && in.getCamundaSourceExpression() != null)
                .map(CamundaIn::getCamundaSourceExpression)
                .distinct()
                .filter(word -> !"approval".equals(decider(word)))
                .collect(Collectors.toSet());
    }

    private Object decider(String action) {
        DmnDecisionTableResult result = ENGINE.evaluateDecisionTable(
                tables.get(0), Variables.createVariables().putValue("action", action));
        return result.isEmpty() ? null : result.getSingleResult().getSingleEntry();
    }
}
