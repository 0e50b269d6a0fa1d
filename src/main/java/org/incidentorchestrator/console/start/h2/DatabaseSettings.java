package org.incidentorchestrator.console.start.h2;

import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The embedded database's file.
 *
 * @param compactOver how large it may be when more than half of it is empty: what is larger is written anew at a start,
 *     before it is used. The room of what was removed is used again all the same; this gives it back
 */
@Validated
@ConfigurationProperties("database")
public record DatabaseSettings(@NotNull @DefaultValue("256MB") DataSize compactOver) {
    private static final long PERCENT_SQUARED = 10_000;

    /** One that cannot be read is not: whoever opens it next says what is wrong with it. */
    boolean tooLarge(Path file) throws IOException {
        return Files.size(file) > compactOver.toBytes() && mostlyEmpty(file);
    }

    private static boolean mostlyEmpty(Path file) {
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            FileStore<?> content = store.getFileStore();
            return (long) content.getFillRate() * content.getChunksFillRate() * 2 < PERCENT_SQUARED;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }
}
