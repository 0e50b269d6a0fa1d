package org.incidentorchestrator.step.verb.backup;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where back-ups of the cluster's configuration lie, for whom secrets are encrypted, and how long all that is kept.
 *
 * @param folder made for its owner alone
 * @param recipients public keys of age (X25519, {@code age1…}); without one secrets are not read and not kept
 * @param identityFile a file with secret keys of age, for the check that secrets can be decrypted; empty: not checked.
 *     With it this program can read the secrets that it keeps: name it for the check alone, on a machine that may
 * @param keep how many back-ups of a namespace are kept at most
 * @param keepFor how long one is kept at most; the newest good one is kept whatever these say
 * @param minFree how much room there has to be where they lie before another one is begun
 */
@Validated
@ConfigurationProperties("backup")
record BackupSettings(
        @DefaultValue(".data/backups") @NotEmpty String folder,
        @DefaultValue List<String> recipients,
        @DefaultValue("") @NotNull String identityFile,
        @DefaultValue("14") @Min(1) @Max(1000) int keep,
        @DefaultValue("90d") @NotNull @DurationMin(days = 1) Duration keepFor,
        @DefaultValue("100MB") @NotNull DataSize minFree) {
    BackupSettings {
        recipients = List.copyOf(recipients);
        for (String recipient : recipients) {
            String unfit = AgeFile.unfit(recipient);
            if (!unfit.isEmpty()) {
                throw new IllegalArgumentException("backup.recipients: " + unfit);
            }
        }
    }

    Path path() {
        return Path.of(folder).toAbsolutePath().normalize();
    }
}
