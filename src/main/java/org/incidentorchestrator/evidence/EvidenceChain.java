package org.incidentorchestrator.evidence;

import java.util.Objects;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Proves that sealed evidence is as it was sealed: each entry, each artefact's content, their order, and that none is
 * missing. What it cannot see by itself is that the newest entries were cut off, or that somebody with write access
 * sealed the whole chain anew: keep the {@linkplain Verdict.Intact#head() head} outside of the database now and then.
 */
@Component
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
            Optional<Verdict> gap = gap();
            return gap.orElseGet(() -> jdbc.query(ROWS.formatted(which), new ChainWalk(), arguments));
        });
    }

    /** Whose entry is missing cannot be told, so a gap breaks the chain for all. */
    private Optional<Verdict> gap() {
        return jdbc
                .queryForList(
                        """
                        select min(e.seq) from evidence e
                        where e.seq > 1 and not exists (select 1 from evidence p where p.seq = e.seq - 1)""",
                        Long.class)
                .stream()
                .filter(Objects::nonNull)
                .findFirst()
                .map(after -> new Verdict.Broken(after - 1, "the entry with this sequence number is missing"));
    }
}
