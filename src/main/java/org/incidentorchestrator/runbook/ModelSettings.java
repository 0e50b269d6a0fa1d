package org.incidentorchestrator.runbook;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.runbook.rules.ModelCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Models without a build. Whoever may write into the folder says what this program does from its next start on.
 *
 * @param folder with {@code processes} and {@code forms}, as the project's own, and what of them is new or changed: a file
 *     takes the place of the program's of the same name. Empty: the program's own alone
 */
@Validated
@ConfigurationProperties("models")
public record ModelSettings(@DefaultValue("") @NotNull String folder) {
    Optional<Path> path() {
        return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
    }

    /** What of the folder breaks a rule of models, each as a sentence; the program's own were checked when it was built. */
    public List<String> faults() {
        return path().map(ModelCheck::of).orElse(List.of()).stream()
                .map(violation -> "models.folder: " + violation)
                .toList();
    }
}
