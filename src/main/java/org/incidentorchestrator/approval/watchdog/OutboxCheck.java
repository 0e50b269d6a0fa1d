package org.incidentorchestrator.approval.watchdog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether what is to be sent is sent: a row that is due waits no longer than it may, also between its retries. */
@Component
class OutboxCheck implements Check {
    private final JdbcClient jdbc;
    private final WatchdogSettings settings;

    OutboxCheck(JdbcClient jdbc, WatchdogSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public List<Finding> findings(Instant now) {
        return oldest().filter(due -> due.isBefore(now.minus(settings.outboxWithin())))
                .map(due ->
                        List.of(new Finding(Kind.OUTBOX, "", "Messages are not sent: one is due since " + due + ".")))
                .orElse(List.of());
    }

    private Optional<Instant> oldest() {
        return jdbc.sql("select min(due_at) as due from notification where state = 'DUE'")
                .query((row, i) -> Optional.ofNullable(row.getObject("due", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }
}
