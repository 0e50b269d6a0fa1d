package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.incidentorchestrator.console.backup.BackupRefused;
import org.incidentorchestrator.console.backup.RunningBackup;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A back-up of the program's own state, for administrators: it holds the accounts and everything that was kept. */
@RestController
@Tag(name = "Back-up", description = "The program's own state, as one file")
final class BackupController {
    private final RunningBackup backup;

    BackupController(RunningBackup backup) {
        this.backup = backup;
    }

    @PostMapping(path = "/api/backup", produces = "application/zip")
    @Operation(
            summary =
                    "A zip file of the embedded database as it is at one moment, and what lies beside it; 409 where the"
                            + " database is PostgreSQL")
    void write(HttpServletResponse response) throws IOException {
        response.setContentType("application/zip");
        try {
            backup.write(response.getOutputStream());
        } catch (BackupRefused refused) {
            throw Refused.conflict(refused.getMessage());
        }
    }
}
