package org.incidentorchestrator.approval.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.spin.plugin.variable.SpinValues;
import org.incidentorchestrator.approval.gate.Approval.Ruling;
import org.incidentorchestrator.incident.Announcement;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The follow-up of each broken glass: everybody is told at once, and somebody else looks at it. */
@Component
class GlassReviews {
    private static final String PROCESS = "review-broken-glass";
    private static final String KEY = "GLASS-";

    private final ProcessEngine engine;
    private final Approvals approvals;
    private final ApplicationEventPublisher events;
    private final ObjectMapper json = new ObjectMapper();

    GlassReviews(@Lazy ProcessEngine engine, Approvals approvals, ApplicationEventPublisher events) {
        this.engine = engine;
        this.approvals = approvals;
        this.events = events;
    }

    /** Not with the incident's business key: the review is not a responder's, and outlives the incident. */
    @EventListener
    void begin(GlassBroken broken) {
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        configuration
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(() ->
                        configuration.getRuntimeService().startProcessInstanceByKey(PROCESS, KEY + broken.approval())));
    }

    /** {@code ${approvals.tellOfGlass}} */
    void tell(DelegateExecution execution) {
        Approval approval = of(execution.getProcessBusinessKey()).orElseThrow();
        Ruling ruling = approval.ruling().orElseThrow();
        execution.setVariableLocal(
                "brokenGlass", SpinValues.jsonValue(facts(approval, ruling)).create());
        events.publishEvent(new Announcement(
                Optional.of(approval.incident()),
                Set.of("l1", "l2", "l3", "l4", FourEyes.APPROVER),
                "approval/" + approval.id() + "/glass",
                "%s: %s broke the glass and approved without a second person: %s An approver has to review it."
                        .formatted(approval.incident(), ruling.by(), approval.question()),
                Optional.empty()));
    }

    private String facts(Approval approval, Ruling ruling) {
        try {
            return json.writeValueAsString(Map.of(
                    "id", approval.id(),
                    "incident", approval.incident().toString(),
                    "question", approval.question(),
                    "by", ruling.by(),
                    "at", ruling.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    "reason", ruling.reason()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what a review shows cannot be written as JSON", e);
        }
    }

    /** What a review is about, by its business key. */
    Optional<Approval> of(String key) {
        return key != null && key.startsWith(KEY)
                ? approvals.find(Long.parseLong(key.substring(KEY.length())))
                : Optional.empty();
    }
}
