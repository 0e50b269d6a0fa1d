package org.incidentorchestrator.approval.watchdog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.incidentorchestrator.evidence.EvidenceSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the record is sealed: no entry waits for longer than the settings of the evidence allow. */
@Component
class SealerCheck implements Check {
    private final JdbcClient jdbc;
    private final EvidenceSettings settings;

    SealerCheck(JdbcClient jdbc, EvidenceSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public List<Finding> findings(Instant now) {
        return oldest().filter(at -> at.isBefore(now.minus(settings.unsealedTolerance())))
                .map(at -> List.of(new Finding(
                        Kind.EVIDENCE, "", "New entries of the record are not sealed, the oldest is of " + at + ".")))
                .orElse(List.of());
    }

    private Optional<Instant> oldest() {
        return jdbc.sql("select min(at) as oldest from evidence where seq is null")
                .query((row, i) -> Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }
}
