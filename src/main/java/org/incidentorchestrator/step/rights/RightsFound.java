package org.incidentorchestrator.step.rights;

import java.time.Instant;
import java.util.List;

/**
 * What our identities may do in the cluster, beside what the steps need.
 *
 * @param missing each a line: {@code patch deployments.apps in a1-orchestrator, as change}
 * @param excess each a line: {@code delete,get secrets in a1-orchestrator, as look}
 * @param unknown why nothing is known; empty where it is
 */
public record RightsFound(Instant asOf, List<String> missing, List<String> excess, String unknown) {
    public boolean known() {
        return unknown.isEmpty();
    }

    public boolean exact() {
        return known() && missing.isEmpty() && excess.isEmpty();
    }
}
