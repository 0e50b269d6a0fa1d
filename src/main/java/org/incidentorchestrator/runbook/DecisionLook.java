package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricDecisionInstance;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.incidentorchestrator.incident.Severity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the deployed decision tables would answer, and by which row: decided by the engine itself. It writes what it
 * decides into its history, which is where the row is read; then all of that is taken back.
 */
@Component
public class DecisionLook {
    private static final String CHOOSE_RUNBOOK = "choose-runbook";
    private static final String AUTONOMY = "autonomy";

    private final ProcessEngine engine;
    private final Clock clock;
    private final TransactionTemplate takenBack;

    DecisionLook(ProcessEngine engine, Clock clock, PlatformTransactionManager transactions) {
        this.engine = engine;
        this.clock = clock;
        this.takenBack = new TransactionTemplate(transactions);
        this.takenBack.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * @param answer of the row's only output
     * @param row the id of the row, as in the table's file
     * @param because what the row says of itself
     */
    public record Decided(String answer, String row, String because) {}

    /** Which runbook an incident is sent to. */
    public Decided runbook(String alertName, boolean found) {
        return decide(CHOOSE_RUNBOOK, Map.of("alertName", alertName, "found", found));
    }

    /**
     * Who decides on a change: {@code alone}, {@code responder} or {@code approval}.
     *
     * @param action the change's word: {@code restart}
     * @param unattended whether a change may run without a person at all
     */
    public Decided decider(String action, Severity severity, int pods, boolean unattended) {
        return decide(
                AUTONOMY,
                Map.of(
                        "action",
                        action,
                        "severity",
                        severity.name().toLowerCase(Locale.ROOT),
                        "pods",
                        pods,
                        "unattended",
                        unattended));
    }

    private Decided decide(String decision, Map<String, Object> inputs) {
        return takenBack.execute(status -> {
            status.setRollbackOnly();
            return AsProgram.in(engine, () -> decided(decision, inputs));
        });
    }

    private Decided decided(String decision, Map<String, Object> inputs) {
        Instant before = clock.instant();
        String answer = engine.getDecisionService()
                .evaluateDecisionTableByKey(decision)
                .variables(inputs)
                .evaluate()
                .getSingleResult()
                .getSingleEntry();
        HistoricDecisionInstance kept = kept(decision, before);
        String row = kept.getOutputs().get(0).getRuleId();
        return new Decided(answer, row, because(kept.getDecisionDefinitionId(), row));
    }

    /** Nobody sees what others decide here, because all of it is taken back; the processes' own decisions are theirs. */
    private HistoricDecisionInstance kept(String decision, Instant since) {
        return engine
                .getHistoryService()
                .createHistoricDecisionInstanceQuery()
                .decisionDefinitionKey(decision)
                .evaluatedAfter(Date.from(since.minusSeconds(1)))
                .includeOutputs()
                .list()
                .stream()
                .filter(instance -> instance.getProcessInstanceId() == null && instance.getUserId() == null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the engine has not written down what " + decision
                        + " has decided: it needs the history level full"));
    }

    private String because(String definition, String row) {
        DmnModelInstance table = engine.getRepositoryService().getDmnModelInstance(definition);
        Rule rule = table.getModelElementById(row);
        return rule.getDescription() == null
                ? ""
                : rule.getDescription().getTextContent().strip();
    }
}
