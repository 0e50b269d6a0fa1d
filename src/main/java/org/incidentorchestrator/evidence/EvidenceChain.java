package org.incidentorchestrator.evidence;

import java.util.Objects;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Proves that sealed evidence is as it was sealed: each entry, each artefact's content, their order, and that none is
 * missing but those that a sealed entry says were removed by age. What it cannot see by itself is that the newest entries were cut off, or that somebody with write access
 * sealed the whole chain anew: keep the {@linkplain Verdict.Intact#head() head} outside of the database now and then.
 */
public final class EvidenceChain {
    private static final String ROWS =
            """
            select e.*, p.hash as before, a.sha256, a.content
            from evidence e left join evidence p on p.seq = e.seq - 1 left join artefact a on a.evidence = e.id
            where e.seq is not null%s order by e.seq, a.id""";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;

    public EvidenceChain(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(jdbc.getDataSource());
        this.jdbc.setFetchSize(200);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setReadOnly(true);
    }

    /** Of one incident: its entries, each one's link to the entry before it, and that the chain has no gap. */
    public Verdict verify(IncidentNumber incident) {
        return verify(" and e.incident = ?", incident.value());
    }

    /** Of everything. */
    public Verdict verify() {
        return verify("");
    }

    private Verdict verify(String which, Object... arguments) {
        return snapshot.execute(status -> {
            RemovedEvidence removed = RemovedEvidence.latest(JdbcClient.create(jdbc));
            long first = first();
            return gap(first, removed)
                    .or(() -> forged(first, removed))
                    .orElseGet(() -> walk(first, removed, which, arguments));
        });
    }

    private Verdict walk(long first, RemovedEvidence removed, String which, Object... arguments) {
        return jdbc.query(ROWS.formatted(which), new ChainWalk(first, removed), arguments);
    }

    /** Of one incident too: who says what was removed has to be believed first. */
    private Optional<Verdict> forged(long first, RemovedEvidence removed) {
        return Optional.of(walk(first, removed, " and e.seq = ?", removed.statedBy()))
                .filter(Verdict.Broken.class::isInstance);
    }

    private long first() {
        Long first = jdbc.queryForObject("select min(seq) from evidence", Long.class);
        return first == null ? 1 : first;
    }

    /** Whose entry is missing cannot be told, so a gap breaks the chain for all. Only what was stated may be gone. */
    private Optional<Verdict> gap(long first, RemovedEvidence removed) {
        return jdbc
                .queryForList(
                        """
                        select min(e.seq) from evidence e
                        where e.seq > ? and not exists (select 1 from evidence p where p.seq = e.seq - 1)""",
                        Long.class,
                        first <= removed.through() + 1 ? first : 1)
                .stream()
                .filter(Objects::nonNull)
                .findFirst()
                .map(after -> new Verdict.Broken(after - 1, "the entry with this sequence number is missing"));
    }
}
