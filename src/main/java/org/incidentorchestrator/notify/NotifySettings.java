package org.incidentorchestrator.notify;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people are told outside of Tasklist.
 *
 * @param baseUrl how people reach this program: what links in messages begin with
 * @param attempts how often one address is tried before the contact's next one is
 * @param firstRetry the wait before the second attempt; doubled for each further one
 * @param longestRetry the most that a retry waits
 * @param roundAgain when none of a contact's addresses works: after how long all of them are tried again
 * @param giveUpAfter after how long nothing more is tried
 * @param lookAgain how long an idle sender sleeps before it looks for what another node or a retry has left
 * @param linkExpiry how long the link in a message acknowledges
 */
@Validated
@ConfigurationProperties("notify")
record NotifySettings(
        @DefaultValue("http://localhost:8080") @NotNull URI baseUrl,
        @DefaultValue("4") @Min(1) @Max(20) int attempts,
        @DefaultValue("5s") @NotNull @DurationMin(millis = 10) Duration firstRetry,
        @DefaultValue("1m") @NotNull @DurationMin(millis = 10) Duration longestRetry,
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration roundAgain,
        @DefaultValue("12h") @NotNull @DurationMin(minutes = 1) Duration giveUpAfter,
        @DefaultValue("2s") @NotNull @DurationMin(millis = 10) Duration lookAgain,
        @DefaultValue("12h") @NotNull @DurationMin(minutes = 1) Duration linkExpiry) {

    NotifySettings {
        if (baseUrl != null && (!List.of("http", "https").contains("" + baseUrl.getScheme()) || bare(baseUrl))) {
            throw new IllegalArgumentException("notify.base-url is '" + baseUrl
                    + "'; write how people reach this program, as https://incidents.example.org");
        }
    }

    private static boolean bare(URI url) {
        return url.getHost() == null
                || url.getUserInfo() != null
                || url.getQuery() != null
                || url.getFragment() != null;
    }

    /** The wait after so many attempts that failed. */
    Duration retryAfter(int failed) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(Math.max(failed - 1, 0), 20));
        return wait.compareTo(longestRetry) > 0 ? longestRetry : wait;
    }
}
