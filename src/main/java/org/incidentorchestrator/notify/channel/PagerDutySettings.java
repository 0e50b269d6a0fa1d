package org.incidentorchestrator.notify.channel;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * PagerDuty, by its Events API v2, or what takes the same events.
 *
 * @param integrationKeyFiles by the name that addresses use: a file with the integration key of one service
 * @param url where events are posted
 * @param timeout the longest that one call takes
 */
@Validated
@ConfigurationProperties("notify.pagerduty")
record PagerDutySettings(
        @DefaultValue Map<String, Path> integrationKeyFiles,
        @DefaultValue("https://events.pagerduty.com/v2/enqueue") @NotNull URI url,
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 10) Duration timeout) {

    PagerDutySettings {
        integrationKeyFiles = Collections.unmodifiableMap(new TreeMap<>(integrationKeyFiles));
        integrationKeyFiles.forEach(PagerDutySettings::read);
        if (url != null && (!List.of("http", "https").contains("" + url.getScheme()) || url.getHost() == null)) {
            throw new IllegalArgumentException(
                    "notify.pagerduty.url is '" + url + "'; write it as https://events.pagerduty.com/v2/enqueue");
        }
    }

    String integrationKey(String name) {
        return read(name, integrationKeyFiles.get(name));
    }

    private static String read(String name, Path file) {
        return SecretFile.read("notify.pagerduty.integration-key-files." + name, file);
    }
}
