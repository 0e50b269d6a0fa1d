package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found and lost, in a file beside the database until people have been told: a program that is killed between
 * the rebuild and its first task for a person still tells them.
 *
 * @param lossless whether everything was saved
 */
record DamageReport(boolean lossless, String text) {
    private static final String LOSSLESS = "Nothing was lost.";

    static void write(H2File file, Checked.Rebuilt rebuilt) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("The database %s was damaged when it was opened after an unclean end, and was made anew."
                .formatted(file.path()));
        lines.add("%d rows were saved. The damaged file is kept as %s.".formatted(rebuilt.saved(), rebuilt.kept()));
        lines.add(rebuilt.lost().isEmpty() ? LOSSLESS : "Could not be saved:");
        rebuilt.lost().forEach(lost -> lines.add("- " + lost));
        lines.add("Found:");
        rebuilt.faults().forEach(fault -> lines.add("- " + fault));
        Files.writeString(
                file.report(),
                String.join("\n", lines) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
    }

    static Optional<DamageReport> untold(H2File file) throws IOException {
        if (!Files.exists(file.report())) {
            return Optional.empty();
        }
        String text = Files.readString(file.report());
        return Optional.of(new DamageReport(text.lines().anyMatch(LOSSLESS::equals), text));
    }
}
