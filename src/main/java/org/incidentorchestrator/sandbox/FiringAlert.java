package org.incidentorchestrator.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.incidentorchestrator.incident.Target;

/**
 * An alert of the sandbox's own that has not been resolved yet.
 *
 * @param since when the trouble began; with the fingerprint it names the episode
 * @param sent whether it was taken in once
 */
record FiringAlert(String namespace, String workload, Instant since, boolean sent) {
    boolean about(Target target) {
        return namespace.equals(target.namespace()) && workload.equals(target.name());
    }

    FiringAlert taken() {
        return new FiringAlert(namespace, workload, since, true);
    }

    /** The same for each alert about this workload, as Alertmanager makes it from the labels. */
    String fingerprint() {
        String labels = namespace + "/" + workload;
        return UUID.nameUUIDFromBytes(labels.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 16);
    }
}
