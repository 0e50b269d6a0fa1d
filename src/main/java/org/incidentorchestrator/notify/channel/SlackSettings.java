package org.incidentorchestrator.notify.channel;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
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
 * Incoming webhooks of Slack, or of what takes the same messages (Mattermost, Rocket.Chat).
 *
 * @param webhookFiles by the name that addresses use: a file with the webhook's URL, which is a secret
 * @param timeout the longest that one call takes
 */
@Validated
@ConfigurationProperties("notify.slack")
record SlackSettings(
        @DefaultValue Map<String, Path> webhookFiles,
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 10) Duration timeout) {

    SlackSettings {
        webhookFiles = Collections.unmodifiableMap(new TreeMap<>(webhookFiles));
        webhookFiles.forEach(SlackSettings::read);
    }

    URI webhook(String name) {
        return read(name, webhookFiles.get(name));
    }

    private static URI read(String name, Path file) {
        String setting = "notify.slack.webhook-files." + name;
        try {
            URI url = new URI(SecretFile.read(setting, file));
            if (List.of("http", "https").contains("" + url.getScheme()) && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException notAsIs) {
            // Its message would repeat the secret.
        }
        throw new IllegalArgumentException(
                setting + " names " + file + ", which holds no URL; write the webhook's into it, as https://…");
    }
}
