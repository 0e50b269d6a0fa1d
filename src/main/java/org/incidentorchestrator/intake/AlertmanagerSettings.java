package org.incidentorchestrator.intake;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The credential that Alertmanager proves itself by.
 *
 * @param tokenFile holds the token; made with a random one at the first start when it is absent
 * @param token instead of the file; may be null
 */
@Validated
@ConfigurationProperties("intake.sources.alertmanager")
public record AlertmanagerSettings(
        @DefaultValue(".data/alertmanager.token") @NotNull Path tokenFile,
        @Size(min = 16, max = 1024, message = "has to have 16 to 1024 characters") String token) {
    /** Without the token: settings are printed when they cannot be bound. */
    @Override
    public String toString() {
        return "AlertmanagerSettings[tokenFile=" + tokenFile + "]";
    }
}
