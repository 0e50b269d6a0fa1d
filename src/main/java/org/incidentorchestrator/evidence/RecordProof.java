package org.incidentorchestrator.evidence;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Looks whether the whole record is as it was sealed, and where it is not. Writes nothing. */
@Component
public final class RecordProof {
    private final EvidenceChain chain;
    private final JdbcClient jdbc;

    public RecordProof(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.chain = new EvidenceChain(jdbc, transactions);
        this.jdbc = JdbcClient.create(jdbc);
    }

    /**
     * @param place the entry at which a fault shows; none where it is missing, and when all is well
     * @param unsealed how many entries wait for their place in the chain
     * @param kept what became of the head that somebody kept; none when none was given
     */
    public record Proof(Verdict verdict, Optional<Place> place, long unsealed, Optional<KeptHead> kept) {
        public boolean sound() {
            return verdict instanceof Verdict.Intact
                    && kept.map(KeptHead::sequence).map(Optional::isPresent).orElse(true);
        }
    }

    /** @param incident as people write it; empty for an entry that belongs to none */
    public record Place(long sequence, String incident, Instant at, String kind, String actor, String summary) {}

    /** @param sequence of the entry that has it; none when the chain does not have it any more */
    public record KeptHead(String hash, Optional<Long> sequence) {}

    /** @param kept a head that was kept outside of the database: the chain has to have it still */
    public Proof of(Optional<String> kept) {
        return proof(chain.verify(), kept);
    }

    /** Of one incident alone. */
    public Proof of(IncidentNumber incident) {
        return proof(chain.verify(incident), Optional.empty());
    }

    private Proof proof(Verdict verdict, Optional<String> kept) {
        return new Proof(
                verdict,
                verdict instanceof Verdict.Broken broken ? place(broken.at()) : Optional.empty(),
                Unsealed.read(jdbc).entries(),
                kept.map(hash -> new KeptHead(hash, sequence(hash))));
    }

    private Optional<Long> sequence(String hash) {
        return jdbc.sql("select seq from evidence where hash = :hash")
                .param("hash", hash)
                .query(Long.class)
                .optional();
    }

    private Optional<Place> place(long sequence) {
        return jdbc.sql("select * from evidence where seq = :sequence")
                .param("sequence", sequence)
                .query((row, i) -> new Place(
                        sequence,
                        row.getString("incident") == null ? "" : "INC-" + row.getString("incident"),
                        Incidents.instant(row, "at"),
                        row.getString("kind"),
                        row.getString("actor"),
                        row.getString("summary")))
                .optional();
    }
}
