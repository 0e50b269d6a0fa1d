package org.incidentorchestrator.approval.watchdog;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param every how often it is looked whether the paging works; what is wrong in two looks in succession pages
 * @param timersWithin how late a timer may fire
 * @param outboxWithin how long a message that is due may wait to be sent
 * @param heartbeatUrl what outside is told that all is well, and pages when it is not told any more; none: nothing is.
 *     A secret: whoever knows it can keep that silent
 * @param heartbeatEvery how often it is told
 */
@Validated
@ConfigurationProperties("watchdog")
record WatchdogSettings(
        @DefaultValue("15s") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 1) Duration every,
        @DefaultValue("5s") @NotNull @DurationMin(seconds = 1) Duration timersWithin,
        @DefaultValue("2m") @NotNull @DurationMin(seconds = 10) Duration outboxWithin,
        @DefaultValue Optional<URI> heartbeatUrl,
        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) Duration heartbeatEvery) {
    WatchdogSettings {
        heartbeatUrl = heartbeatUrl.filter(url -> !url.toString().isBlank());
        heartbeatUrl.ifPresent(url -> {
            if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme()) || url.getHost() == null) {
                throw new IllegalArgumentException(
                        "watchdog.heartbeat-url is no address of a heartbeat; write it as in https://hc.example.org/…");
            }
        });
    }

    /** How old the last look may be before the watchdog itself counts as dead. */
    Duration tolerance() {
        Duration three = every.multipliedBy(3);
        return three.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : three;
    }
}
