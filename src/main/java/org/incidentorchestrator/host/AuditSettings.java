package org.incidentorchestrator.host;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where the API server of this machine writes its audit log.
 *
 * @param log its file, where K3s puts it when it is told to write one
 * @param maxRead how much of it one look reads at most, from its end
 */
@Validated
@ConfigurationProperties("audit")
public record AuditSettings(
        @DefaultValue("/var/lib/rancher/k3s/server/logs/audit.log") @NotBlank String log,
        @DefaultValue("64MB") @NotNull DataSize maxRead) {
    public AuditSettings {
        if (maxRead != null && (maxRead.toMegabytes() < 1 || maxRead.toMegabytes() > 512)) {
            throw new IllegalArgumentException(
                    "audit.max-read is " + maxRead + ", and has to lie between 1MB and 512MB");
        }
    }
}
