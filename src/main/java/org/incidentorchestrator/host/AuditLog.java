package org.incidentorchestrator.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The audit log of the API server on this machine: the file that it writes, and those that it has rotated away beside it
 * ({@code audit-2026-11-24T10-00-00.000.log}). The journal, which the runbook searches, holds no audit trail.
 */
@Component
public final class AuditLog {
    private final AuditSettings settings;

    public AuditLog(AuditSettings settings) {
        this.settings = settings;
    }

    public Path file() {
        return Path.of(settings.log());
    }

    /** Reads from the end until the beginning of the time that is asked about, or as much as is allowed. */
    public AuditAnswer read(AuditQuery query) {
        AuditSearch search = new AuditSearch(query, settings.maxRead().toBytes());
        try {
            // The rotated ones first: one that is rotated in between is read as the present one, and told by its key.
            List<Path> rotated = rotated();
            search.read(file());
            rotated.forEach(search::readRotated);
            return search.answer();
        } catch (NoSuchFileException none) {
            return new AuditAnswer.NotAvailable(file() + " is not there");
        } catch (AccessDeniedException denied) {
            return new AuditAnswer.NotAvailable(file() + " may not be read by this program's user");
        } catch (IOException failed) {
            return new AuditAnswer.NotAvailable(file() + " cannot be read: " + failed.getMessage());
        }
    }

    /** The newest first: their names hold the time. */
    private List<Path> rotated() throws IOException {
        String name = file().getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot);
        List<Path> rotated = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(file().toAbsolutePath().getParent())) {
            for (Path each : files) {
                String other = each.getFileName().toString();
                if (other.startsWith(stem + "-") && (other.endsWith(extension) || other.endsWith(extension + ".gz"))) {
                    rotated.add(each);
                }
            }
        }
        rotated.sort(Comparator.comparing((Path path) -> path.getFileName().toString())
                .reversed());
        return rotated;
    }
}
