package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.Ladder;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Pages for an incident whose ladder pages nobody any more: at once at its level, and everybody every half an hour until
 * somebody has it. Nothing else of the ladder is mended here: a person sees why it is gone.
 */
@Component
public class DirectPage {
    private static final String WATCHDOG = "watchdog";
    private static final Duration AGAIN = Duration.ofMinutes(30);

    private final JdbcClient jdbc;
    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final EscalationLadder ladder;
    private final ProcessEngine engine;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DirectPage(
            JdbcClient jdbc,
            Incidents incidents,
            EvidenceLog evidence,
            EscalationLadder ladder,
            @Lazy ProcessEngine engine,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.incidents = incidents;
        this.evidence = evidence;
        this.ladder = ladder;
        this.engine = engine;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Of two programs that find the same the second one finds, behind the row's lock, that it has just been paged. */
    public void page(IncidentNumber number) {
        transaction.executeWithoutResult(status -> {
            Incident incident = incidents.lock(number);
            if (incident.open()
                    && !incident.endedByPerson()
                    && incident.takenBy().isEmpty()) {
                Optional<Instant> before = before(incident);
                Instant now = clock.instant();
                if (before.map(last -> last.plus(AGAIN)).filter(now::isBefore).isEmpty()) {
                    // Armed anew, so that who was told of this level before is told again.
                    incidents.escalate(number, before.isPresent() ? Ladder.EVERYBODY : incident.level(), now);
                    page(number, before.isPresent());
                }
            }
        });
    }

    private void page(IncidentNumber number, boolean again) {
        evidence.append(Entry.of(
                        Entry.Kind.NOTE,
                        number,
                        Entry.SELF,
                        "nobody has it, and its ladder would page nobody: "
                                + (again ? "everybody is paged instead" : "its level is paged instead"))
                .at(WATCHDOG));
        ladder.pageNow(number, engine);
    }

    /** When that was done last since the ladder was armed. */
    private Optional<Instant> before(Incident incident) {
        return jdbc.sql(
                        """
                        select max(at) as last from evidence
                        where incident = :incident and kind = 'NOTE' and activity = :watchdog and at >= :armed""")
                .param("incident", incident.number().value())
                .param("watchdog", WATCHDOG)
                .param("armed", Incidents.utc(incident.ladderArmedAt()))
                .query((row, i) -> Optional.ofNullable(row.getObject("last", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }
}
