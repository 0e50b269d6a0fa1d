package org.incidentorchestrator.evidence;

import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appends what happened. Joins the caller's transaction where there is one (a fact is written in the transaction that
 * makes it true), else uses its own. An attempt, which must outlive a rollback, is appended by a caller that has opened
 * a transaction of its own for it. Secrets are redacted first. Appending only inserts; the sealer adds sequence and hash. Each appended entry is
 * one line in the program's log after its commit, but for a look that saw nothing new.
 */
@Component
public final class EvidenceLog {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Redaction redaction;
    private final RepeatedLooks looks = new RepeatedLooks();

    public EvidenceLog(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock, Redaction redaction) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.redaction = redaction;
    }

    /** @return the row's id, for its artefacts */
    public long append(Entry entry) {
        Entry redacted = redaction.apply(entry);
        return transaction.execute(status -> {
            long id = insert(redacted);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    if (looks.news(redacted)) {
                        LogLine.write(redacted);
                    }
                }
            });
            return id;
        });
    }

    private long insert(Entry entry) {
        var keys = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into evidence (incident, at, kind, actor, activity, summary, details)
                        values (:incident, :at, :kind, :actor, :activity, :summary, :details)""")
                .param("incident", entry.incident().map(IncidentNumber::value).orElse(null), Types.BIGINT)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("kind", entry.kind().name())
                .param("actor", Text.line(entry.actor(), 255))
                .param("activity", Text.line(entry.activity(), 255))
                .param("summary", Text.line(entry.summary(), 4000))
                .param("details", Details.write(entry.details()))
                .update(keys, "id");
        return keys.getKeyAs(Long.class);
    }
}
