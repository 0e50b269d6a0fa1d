package org.incidentorchestrator.step;

import static org.incidentorchestrator.incident.Incidents.instant;
import static org.incidentorchestrator.incident.Incidents.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.step.Proposal.Decision;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The proposals' rows. A decision is made once, by a person or by the autonomy decision; a proposal is used once. */
@Repository
public class Proposals {
    private final JdbcClient jdbc;

    public Proposals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(Proposal proposal) {
        var keys = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into proposal (incident, run_id, step, target, input, planned_at, expires_at, hash, cluster,
                            cluster_name, summary, kubectl, diff, findings)
                        values (:incident, :run, :step, :target, :input, :plannedAt, :expiresAt, :hash, :cluster,
                            :clusterName, :summary, :kubectl, :diff, :findings)""")
                .param("incident", proposal.incident().value())
                .param("run", proposal.runId())
                .param("step", proposal.step())
                .param("target", proposal.target())
                .param("input", proposal.input())
                .param("plannedAt", utc(proposal.plannedAt()))
                .param("expiresAt", utc(proposal.expiresAt()))
                .param("hash", proposal.hash())
                .param("cluster", proposal.cluster())
                .param("clusterName", proposal.clusterName())
                .param("summary", Ledger.shortened(proposal.summary()))
                .param("kubectl", proposal.kubectl())
                .param("diff", proposal.diff())
                .param("findings", Ledger.shortened(proposal.findings()))
                .update(keys, "id");
        return keys.getKey().longValue();
    }

    public Optional<Proposal> find(long id) {
        return jdbc.sql("select * from proposal where id = :id")
                .param("id", id)
                .query(Proposals::read)
                .optional();
    }

    /** In the order in which they were made. */
    public List<Proposal> of(IncidentNumber incident) {
        return jdbc.sql("select * from proposal where incident = :incident order by id")
                .param("incident", incident.value())
                .query(Proposals::read)
                .list();
    }

    /** @return whether it was undecided */
    public boolean decide(long id, Decision decision, String by, Instant now) {
        return jdbc.sql(
                                """
                        update proposal set decision = :decision, decided_by = :by, decided_at = :now
                        where id = :id and decision is null""")
                        .param("decision", decision.name())
                        .param("by", by)
                        .param("now", utc(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** @return whether it was accepted and unused */
    boolean use(long id, long ledgerRow) {
        return jdbc.sql(
                                """
                        update proposal set used_by = :row where id = :id and decision = 'ACCEPTED' and used_by is null""")
                        .param("row", ledgerRow)
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Proposal read(ResultSet row, int ignored) throws SQLException {
        String decision = row.getString("decision");
        row.getLong("used_by");
        boolean used = !row.wasNull();
        return new Proposal(
                row.getLong("id"),
                new IncidentNumber(row.getLong("incident")),
                row.getString("run_id"),
                row.getString("step"),
                row.getString("target"),
                row.getString("input"),
                instant(row, "planned_at"),
                instant(row, "expires_at"),
                row.getString("hash"),
                row.getString("cluster"),
                row.getString("cluster_name"),
                row.getString("summary"),
                row.getString("kubectl"),
                row.getString("diff"),
                row.getString("findings"),
                decision == null ? Decision.NONE : Decision.valueOf(decision),
                row.getString("decided_by"),
                instant(row, "decided_at"),
                used);
    }
}
