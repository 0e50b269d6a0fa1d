package org.incidentorchestrator.probe;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Which Prometheus, or what speaks its HTTP API (Thanos, Mimir), is asked for numbers.
 *
 * @param url with the path it is served under, such as {@code http://prometheus.prometheus.svc:9090}; empty: there is
 *     none, and every number is unknown
 * @param tokenFile holds a bearer token, read anew for each question; empty for none
 * @param timeout of one question in all, at most 6 s: a step may ask five, and take 30 s
 * @param maxAnswer how much of an answer is read; a larger one is refused whole
 */
@Validated
@ConfigurationProperties("probe.prometheus")
public record PrometheusSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String tokenFile,
        @NotNull @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(seconds = 6) Duration timeout,
        @NotNull @DefaultValue("4MB") DataSize maxAnswer) {
    public PrometheusSettings {
        if (!url.isEmpty() && !plain(url)) {
            throw new IllegalArgumentException("probe.prometheus.url is no http or https address with a host, or holds"
                    + " a user, a query or a fragment; write it as http://host:9090 or https://host/path, and what it"
                    + " is asked with into the file that probe.prometheus.token-file names");
        }
        if (maxAnswer.toBytes() < 1024 || maxAnswer.toMegabytes() > 32) {
            throw new IllegalArgumentException(
                    "probe.prometheus.max-answer is " + maxAnswer + "; it has to be between 1KB and 32MB");
        }
    }

    private static boolean plain(String text) {
        try {
            URI url = URI.create(text);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without the slash at its end; empty when none is configured. */
    Optional<String> base() {
        return Optional.of(url.replaceAll("/+$", "")).filter(base -> !base.isEmpty());
    }

    Optional<Path> token() {
        return tokenFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(tokenFile));
    }
}
