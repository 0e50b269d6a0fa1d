package org.incidentorchestrator.console.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.incidentorchestrator.console.api.RecordView;
import org.incidentorchestrator.console.backup.UnpackedBackup;
import org.springframework.util.FileSystemUtils;

/** The record in a back-up, verified without putting it anywhere. */
final class BackedUpRecord {
    private BackedUpRecord() {}

    static RecordView of(Path backup, Optional<String> head) throws IOException {
        if (!Files.isReadable(backup)) {
            throw CommandFailed.wrongUsage("%s cannot be read. Name a back-up.".formatted(backup));
        }
        Path folder = Files.createTempDirectory("incident-orchestrator");
        try (UnpackedBackup unpacked = Refusals.told(() -> UnpackedBackup.of(backup, folder))) {
            return of(unpacked, head);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    static RecordView of(UnpackedBackup unpacked, Optional<String> head) {
        try (StoredRecord stored = StoredRecord.open(unpacked.database())) {
            return RecordView.of(stored.proof().of(head));
        }
    }
}
