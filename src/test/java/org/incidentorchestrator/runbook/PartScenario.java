package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;

/** A part that is run by itself, for an incident of a workload: what a runbook would hand it, the test does. */
abstract class PartScenario extends RunbookScenario {
    static final Target DEPLOYMENT = new Target("Deployment", Sandbox.NAMESPACE, GATEWAY);

    /** An incident is worked on by a person alone, and its parts are run by the test. */
    void anIncident() {
        firesAs("NoRunbookFitsThis");
        work();
    }

    /** @return the process instance */
    String starts(String part, Target target, Map<String, Object> handed) {
        String run = engine.getRuntimeService()
                .createProcessInstanceByKey(part)
                .businessKey(incident().number().toString())
                .setVariables(variables(target, handed))
                .execute()
                .getId();
        work();
        return run;
    }

    /** From within; nothing is done yet. */
    String startsBefore(String part, String element, Target target, Map<String, Object> handed) {
        return engine.getRuntimeService()
                .createProcessInstanceByKey(part)
                .businessKey(incident().number().toString())
                .startBeforeActivity(element)
                .setVariables(variables(target, handed))
                .execute()
                .getId();
    }

    private Map<String, Object> variables(Target target, Map<String, Object> handed) {
        Map<String, Object> variables = new HashMap<>(Map.of(
                "incident", incident().number().toString(),
                "target", target.id(),
                "namespace", target.namespace(),
                "workload", target.name(),
                "alertName", "SuspectedBreach",
                "mode", "EXECUTE"));
        variables.putAll(handed);
        return variables;
    }

    /** The end event that a run has reached. */
    String endOf(String run) {
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(run)
                        .count())
                .as("it has ended, by %s", path(run))
                .isZero();
        return path(run).stream()
                .filter(element -> element.startsWith("endEvent_"))
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    /** Where a run has come by, in order. */
    List<String> path(String run) {
        return engine
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(run)
                .orderPartiallyByOccurrence()
                .asc()
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .toList();
    }

    /** Does the next thing of this run, and nothing else. */
    void works(String run) {
        engine.getManagementService().executeJob(job(run).getId());
    }

    /** What this run does next. */
    String due(String run) {
        return engine.getManagementService()
                .createJobDefinitionQuery()
                .jobDefinitionId(job(run).getJobDefinitionId())
                .singleResult()
                .getActivityId();
    }

    private Job job(String run) {
        List<Job> due = engine.getManagementService()
                .createJobQuery()
                .processInstanceId(run)
                .executable()
                .list();
        assertThat(due).as("what is due of %s", path(run)).hasSize(1);
        return due.get(0);
    }
}
