package org.incidentorchestrator.runbook;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.incidentorchestrator.incident.AlertsResolved;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.incidentorchestrator.incident.MaintenanceEnded;
import org.incidentorchestrator.incident.RunAborted;
import org.incidentorchestrator.step.ModeLimit;
import org.incidentorchestrator.step.StepSettings;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Starts the root process of each incident and tells its waits that the alert is resolved, that its run was aborted or
 * that maintenance was ended: in the transaction that makes it true, a list at a time, in one engine command, whoever is
 * at the keyboard.
 */
@Component
class IncidentProcesses {
    static final String ROOT = "respond-to-incident";
    static final String ALERT_RESOLVED = "incident.alertResolved";

    private final RuntimeService runtime;
    private final ProcessEngineConfigurationImpl engine;
    private final StepSettings steps;
    private final ModeLimit limit;

    IncidentProcesses(ProcessEngine engine, StepSettings steps, ModeLimit limit) {
        this.runtime = engine.getRuntimeService();
        this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        this.steps = steps;
        this.limit = limit;
    }

    @EventListener
    void start(IncidentsOpened opened) {
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

    /** The wait for the end of maintenance asks again too when it is told that something has happened. */
    @EventListener
    void endMaintenance(MaintenanceEnded ended) {
        inOneCommand(ended.incidents(), this::tellWaits);
    }

    private void start(Incident incident) {
        runtime.createProcessInstanceByKey(ROOT)
                .businessKey(incident.number().toString())
                .setVariables(variables(incident))
                .execute();
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
                "mode", limit.mode().name()));
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
