package org.incidentorchestrator.runbook;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.incidentorchestrator.incident.AlertsResolved;
import org.incidentorchestrator.incident.HoldEnded;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.incidentorchestrator.incident.RunAborted;
import org.incidentorchestrator.step.ModeLimit;
import org.incidentorchestrator.step.StepSettings;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Starts the root process of each incident, be it a planned one, and tells its waits that the alert is resolved, that its run was aborted or
 * that what held it was ended: in the transaction that makes it true, a list at a time, in one engine command, whoever is
 * at the keyboard.
 */
@Component
class IncidentProcesses {
    /** The root of what an alert or a person says is wrong. */
    static final String RESPOND = "respond-to-incident";
    /** The root of planned work. */
    static final String WORK = "work-procedure";

    static final Set<String> ROOTS = Set.of(RESPOND, WORK);
    static final String ALERT_RESOLVED = "incident.alertResolved";

    private final RuntimeService runtime;
    private final ProcessEngineConfigurationImpl engine;
    private final StepSettings steps;
    private final ModeLimit limit;
    private final Runbooks runbooks;
    private final CauseSuspicion suspicion;

    IncidentProcesses(
            ProcessEngine engine, StepSettings steps, ModeLimit limit, Runbooks runbooks, CauseSuspicion suspicion) {
        this.runtime = engine.getRuntimeService();
        this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        this.steps = steps;
        this.limit = limit;
        this.runbooks = runbooks;
        this.suspicion = suspicion;
    }

    @EventListener
    void start(IncidentsOpened opened) {
        suspicion.holdPages(opened.incidents());
        inOneCommand(opened.incidents(), this::start);
    }

    @EventListener
    void resolve(AlertsResolved resolved) {
        inOneCommand(resolved.incidents(), this::tellWaits);
    }

    @EventListener
    void abort(RunAborted aborted) {
        inOneCommand(List.of(aborted.incident().number()), this::tellWaits);
    }

    /** A wait that holds an incident asks again too when it is told that something has happened. */
    @EventListener
    void endHold(HoldEnded ended) {
        inOneCommand(ended.incidents(), this::tellWaits);
    }

    private void start(Incident incident) {
        runtime.createProcessInstanceByKey(planned(incident) ? WORK : RESPOND)
                .businessKey(incident.number().toString())
                .setVariables(variables(incident))
                .execute();
    }

    private boolean planned(Incident incident) {
        return incident.declaredBy() != null
                && incident.runbook() != null
                && runbooks.procedures().contains(incident.runbook());
    }

    /** What is not so is left out: each variable is a row, and one more in the history. */
    private Map<String, Object> variables(Incident incident) {
        Map<String, Object> variables = new HashMap<>(Map.of(
                "alertName", incident.key().alertName(),
                "namespace", incident.key().namespace(),
                "workload", incident.key().workload(),
                "severity", incident.severity().name().toLowerCase(Locale.ROOT),
                "summary", incident.summary(),
                "openedAt", incident.openedAt().toString(),
                "unattended", steps.unattended(),
                "mode", limit.mode(incident).name()));
        if (incident.declaredBy() != null && incident.reopened() == 0 && incident.runbook() != null) {
            variables.put("runbook", incident.runbook());
        }
        if (incident.heldUntil() != null) {
            variables.put("hold", "held");
            variables.put("heldUntil", incident.heldUntil().toString());
        }
        return variables;
    }

    /** None waiting is fine: whoever is about to wait asks first whether the alert is still firing. */
    private void tellWaits(IncidentNumber number) {
        runtime.createMessageCorrelation(ALERT_RESOLVED)
                .processInstanceBusinessKey(number.toString())
                .correlateAll();
    }

    private <T> void inOneCommand(List<T> items, java.util.function.Consumer<T> each) {
        Command<Void> all = context -> {
            items.forEach(each);
            return null;
        };
        AsProgram.in(engine.getProcessEngine(), () -> engine.getCommandExecutorTxRequired()
                .execute(all));
    }
}
