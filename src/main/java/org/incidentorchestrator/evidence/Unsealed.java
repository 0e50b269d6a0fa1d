package org.incidentorchestrator.evidence;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Entries that wait for their place in the chain. @param oldest none when nothing waits */
record Unsealed(long entries, Optional<Instant> oldest) {
    static Unsealed read(JdbcClient jdbc) {
        return jdbc.sql("select count(*) as entries, min(at) as oldest from evidence where seq is null")
                .query((row, i) ->
                        new Unsealed(row.getLong("entries"), Optional.ofNullable(Incidents.instant(row, "oldest"))))
                .single();
    }
}
