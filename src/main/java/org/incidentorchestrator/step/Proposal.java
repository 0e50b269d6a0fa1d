package org.incidentorchestrator.step;

import java.time.Instant;
import org.incidentorchestrator.incident.IncidentNumber;

/**
 * A change that a person is asked about, as a stored row; the process carries its id. Acting plans again with its
 * {@code plannedAt} and is refused when the hash differs.
 *
 * @param input the step's input as JSON: an act takes its inputs from here
 * @param hash over cluster, object, effect and the values it was decided on; never over the resource version, which
 *     moves by itself
 * @param cluster uid of the cluster it is about; empty for a script of the machine
 * @param clusterName as people know it
 * @param diff of the object as it is and as it would be, in YAML
 * @param findings what the guards said, in a sentence
 * @param decision none while nobody has decided; {@code decidedBy} and {@code decidedAt} are null then
 */
public record Proposal(
        long id,
        IncidentNumber incident,
        String runId,
        String step,
        String target,
        String input,
        Instant plannedAt,
        Instant expiresAt,
        String hash,
        String cluster,
        String clusterName,
        String summary,
        String kubectl,
        String diff,
        String findings,
        Decision decision,
        String decidedBy,
        Instant decidedAt,
        boolean used) {

    public enum Decision {
        NONE,
        ACCEPTED,
        DECLINED
    }
}
