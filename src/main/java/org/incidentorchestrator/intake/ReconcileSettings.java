package org.incidentorchestrator.intake;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How Alertmanager is asked what fires.
 *
 * @param url where its API and pages are, a route prefix included; null: it is not asked. It has to be the one that
 *     posts here, or any of its cluster: what another one sends would not be found there, and counts as over
 * @param receivers names of its receivers that post here; only alerts that are routed to one of them are opened
 * @param lookEvery how often it is asked, and how long an alert may be missing there, or fire there without a message,
 *     before that is believed
 * @param lookTimeout how long one question waits for its answer
 * @param trustAfter how long it has to be up before an alert that it does not list counts as over: it forgets all alerts
 *     when it restarts, and gets each again with the next evaluation of its rule
 * @param authorizationFile holds what is sent as the header Authorization ({@code Bearer …}, {@code Basic …}), read
 *     anew for each look; may be null
 */
@Validated
@ConfigurationProperties("intake.sources.alertmanager")
record ReconcileSettings(
        URI url,
        @DefaultValue("incident-orchestrator") @NotEmpty List<String> receivers,
        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) Duration lookEvery,
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) Duration lookTimeout,
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 0) Duration trustAfter,
        Path authorizationFile) {

    ReconcileSettings {
        receivers = List.copyOf(receivers);
        if (url != null && (!List.of("http", "https").contains("" + url.getScheme()) || url.getHost() == null)) {
            throw new IllegalArgumentException("intake.sources.alertmanager.url is '" + url
                    + "'; write it as http://alertmanager:9093, or with https");
        }
        if (url != null && (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null)) {
            throw new IllegalArgumentException("intake.sources.alertmanager.url has to have nothing but scheme, host,"
                    + " port and path: credentials go into the file of intake.sources.alertmanager.authorization-file");
        }
    }

    Optional<URI> asked() {
        return Optional.ofNullable(url);
    }
}
