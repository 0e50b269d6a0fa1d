package org.incidentorchestrator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Alertmanager said when it was asked what fires.
 *
 * @param at when it was asked: nothing that happened later is in it
 * @param up for how long it had been running
 * @param alerts all that fire, for whatever receiver, silenced or inhibited ones too
 */
record Listing(Instant at, Duration up, List<Listed> alerts) {
    Listing {
        alerts = List.copyOf(alerts);
    }

    /**
     * An alert as the API shows it ({@code gettableAlert}).
     *
     * @param active that it is neither silenced nor inhibited nor still to be routed
     * @param receivers the names of those that it is routed to
     * @param alert with labels, annotations, startsAt and fingerprint, named as in a webhook
     */
    record Listed(String fingerprint, boolean active, Set<String> receivers, JsonNode alert) {
        String name() {
            return alert.path("labels").path("alertname").asText("");
        }
    }

    Set<String> fingerprints() {
        return alerts.stream().map(Listed::fingerprint).collect(Collectors.toSet());
    }

    Set<String> names() {
        return alerts.stream().map(Listed::name).collect(Collectors.toSet());
    }
}
