package org.incidentorchestrator.step;

import java.util.Map;
import java.util.OptionalLong;
import org.incidentorchestrator.incident.IncidentNumber;

/**
 * One visit of a process at a step. Job id, activity id and loop counter are stable over retries and new on each visit.
 *
 * @param runId the root process instance: what holds a target's lock
 * @param instance the process instance that the step is in
 * @param mode the run's own wish; the setting may be stricter
 * @param inputs the model's input parameters by name
 * @param proposalId the proposal that is acted on, for an act that was proposed
 * @param decidedAlone that the decision table let it run without a person
 */
public record StepCall(
        String step,
        String jobId,
        String activityId,
        int loopCounter,
        IncidentNumber incident,
        String runId,
        String instance,
        Mode mode,
        Map<String, Object> inputs,
        OptionalLong proposalId,
        boolean decidedAlone) {}
