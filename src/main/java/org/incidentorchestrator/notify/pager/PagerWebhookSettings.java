package org.incidentorchestrator.notify.pager;

import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What PagerDuty's webhooks (version 3) prove themselves by, and whose account a user of it is.
 *
 * @param webhookSecretFiles each with the secret of a webhook subscription, read anew for each message; several while
 *     one is exchanged for another. None: the pager is not heard
 * @param users accounts of this program by the ids of PagerDuty's users ({@code PLH1HKV})
 * @param webhookMaxBody a larger message is answered with 413; PagerDuty sends none over 256 KB
 */
@Validated
@ConfigurationProperties("notify.pagerduty")
record PagerWebhookSettings(
        @DefaultValue List<Path> webhookSecretFiles,
        @DefaultValue Map<String, String> users,
        @DefaultValue("256KB") @NotNull DataSize webhookMaxBody) {

    PagerWebhookSettings {
        webhookSecretFiles = List.copyOf(webhookSecretFiles);
        // In an environment variable's name the id loses its case.
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(users);
        users = Collections.unmodifiableMap(anyCase);
        webhookSecretFiles.forEach(PagerWebhookSettings::secret);
    }

    Optional<String> account(String pagerUser) {
        return Optional.ofNullable(users.get(pagerUser));
    }

    List<String> secrets() {
        return webhookSecretFiles.stream().map(PagerWebhookSettings::secret).toList();
    }

    private static String secret(Path file) {
        try {
            String secret = Files.readString(file).strip();
            if (!secret.isEmpty()) {
                return secret;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "notify.pagerduty.webhook-secret-files names " + file + ", which cannot be read ("
                            + e.getClass().getSimpleName() + "); name a file that this program may read",
                    e);
        }
        throw new IllegalArgumentException("notify.pagerduty.webhook-secret-files names " + file
                + ", which is empty; write the webhook subscription's secret into it");
    }
}
