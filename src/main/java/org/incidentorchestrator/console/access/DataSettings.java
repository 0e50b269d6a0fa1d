package org.incidentorchestrator.console.access;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the program keeps its state.
 *
 * @param folder made at start, for its owner alone (0700); the H2 file and the first passwords lie in it
 */
@Validated
@ConfigurationProperties("data")
public record DataSettings(
        @DefaultValue("./.data")
                @NotNull
                @Pattern(regexp = "(\\./|/).+", message = "has to start with ./ or / (the database takes no other)")
                String folder) {

    public Path path() {
        return Path.of(folder).toAbsolutePath().normalize();
    }

    public Path firstPasswords() {
        return path().resolve("first-passwords");
    }
}
