package org.incidentorchestrator.evidence;

import static org.incidentorchestrator.incident.Incidents.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cuts old entries off the beginning of the chain: what lies before the first entry of an incident that is open, or was not
 * closed long enough ago. In two rounds: one states what will go, and once that is sealed, the next one removes it. A
 * program that is killed in between goes on where it was, and the chain can be verified all the time.
 */
@Component
final class EvidenceRetention implements Retained {
    private final JdbcClient jdbc;
    private final EvidenceLog evidence;
    private final RetentionSettings settings;

    EvidenceRetention(JdbcClient jdbc, EvidenceLog evidence, RetentionSettings settings) {
        this.jdbc = jdbc;
        this.evidence = evidence;
        this.settings = settings;
    }

    @Override
    public String what() {
        return "entries of the evidence with what was kept with them";
    }

    @Override
    public Duration keepFor() {
        return settings.evidence();
    }

    @Override
    public List<String> tables() {
        return List.of("evidence", "artefact");
    }

    @Override
    public int remove(Instant before, int most) {
        RemovedEvidence stated = RemovedEvidence.latest(jdbc);
        List<Long> ids = jdbc.sql("select id from evidence where seq <= :through order by seq limit :most")
                .param("through", stated.through())
                .param("most", most)
                .query(Long.class)
                .list();
        if (ids.isEmpty()) {
            state(before, stated);
            return 0;
        }
        jdbc.sql("delete from artefact where evidence in (:ids)")
                .param("ids", ids)
                .update();
        return jdbc.sql("delete from evidence where id in (:ids)")
                .param("ids", ids)
                .update();
    }

    private void state(Instant before, RemovedEvidence stated) {
        if (!waitsForItsSeal()) {
            last(before).filter(last -> last.sequence() > stated.through()).ifPresent(last -> {
                long from = stated.through() + 1;
                evidence.append(new Entry(
                        Entry.Kind.EVIDENCE_REMOVED,
                        Optional.empty(),
                        Entry.SELF,
                        "",
                        "entries %d to %d are removed by age: their incidents were closed before %s"
                                .formatted(from, last.sequence(), before),
                        RemovedEvidence.facts(from, last.sequence(), last.hash(), before.toString())));
            });
        }
    }

    private boolean waitsForItsSeal() {
        return jdbc.sql("select count(*) from evidence where kind = :kind and seq is null")
                        .param("kind", Entry.Kind.EVIDENCE_REMOVED.name())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The last entry before the first that has to stay. An entry that belongs to no incident stays as long by itself. */
    private Optional<Last> last(Instant before) {
        return jdbc.sql(
                        """
                        select seq, hash from evidence where seq = (
                            select coalesce(min(e.seq) - 1, (select max(seq) from evidence))
                            from evidence e left join incident i on i.number = e.incident
                            where e.seq is not null and (i.number is null and e.at >= :before
                                or i.number is not null and (i.closed_at is null or i.closed_at >= :before)))""")
                .param("before", utc(before))
                .query((row, i) -> new Last(row.getLong("seq"), row.getString("hash")))
                .optional();
    }

    private record Last(long sequence, String hash) {}
}
