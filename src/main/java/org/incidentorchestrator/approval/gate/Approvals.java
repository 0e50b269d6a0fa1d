package org.incidentorchestrator.approval.gate;

import static org.incidentorchestrator.incident.Incidents.instant;
import static org.incidentorchestrator.incident.Incidents.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.approval.gate.Approval.Decision;
import org.incidentorchestrator.approval.gate.Approval.Ruling;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The approvals' rows. One statement per method, in the caller's transaction; sealed before they are written. */
@Repository
class Approvals {
    private final JdbcClient jdbc;
    private final ApprovalSeal seal;

    Approvals(JdbcClient jdbc, ApprovalSeal seal) {
        this.jdbc = jdbc;
        this.seal = seal;
    }

    /** @throws org.springframework.dao.DuplicateKeyException when this proposal was asked about already */
    void insert(Approval asked) {
        var keys = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into approval (request, proposal, incident, run_id, mode, cluster, hash, requester, responder,
                            question, alternatives, requested_at, expires_at, usable_until, request_mac)
                        values (:request, :proposal, :incident, :run, :mode, :cluster, :hash, :requester, :responder,
                            :question, :alternatives, :requestedAt, :expiresAt, :usableUntil, '')""")
                .param("request", asked.request())
                .param("proposal", asked.proposal())
                .param("incident", asked.incident().value())
                .param("run", asked.runId())
                .param("mode", asked.mode())
                .param("cluster", asked.cluster())
                .param("hash", asked.hash())
                .param("requester", asked.requester())
                .param("responder", asked.responder())
                .param("question", asked.question())
                .param("alternatives", asked.alternatives())
                .param("requestedAt", utc(asked.requestedAt()))
                .param("expiresAt", utc(asked.expiresAt()))
                .param("usableUntil", utc(asked.usableUntil()))
                .update(keys, "id");
        long id = keys.getKey().longValue();
        jdbc.sql("update approval set request_mac = :mac where id = :id")
                .param("mac", seal.ofRequest(find(id).orElseThrow()))
                .param("id", id)
                .update();
    }

    Optional<Approval> find(long id) {
        return jdbc.sql("select * from approval where id = :id")
                .param("id", id)
                .query(Approvals::read)
                .optional();
    }

    /** In the order in which they were asked. */
    List<Approval> of(IncidentNumber incident) {
        return jdbc.sql("select * from approval where incident = :incident order by id")
                .param("incident", incident.value())
                .query(Approvals::read)
                .list();
    }

    /** All that is asked at once, in the order of its proposals. */
    List<Approval> ofRequest(String request) {
        return jdbc.sql("select * from approval where request = :request order by id")
                .param("request", request)
                .query(Approvals::read)
                .list();
    }

    /** Reads a request and holds its rows: of two who decide at once the second sees what the first said. */
    List<Approval> lockRequest(String request) {
        return jdbc.sql("select * from approval where request = :request order by id for update")
                .param("request", request)
                .query(Approvals::read)
                .list();
    }

    Optional<Approval> lockProposal(long proposal) {
        return jdbc.sql("select * from approval where proposal = :proposal for update")
                .param("proposal", proposal)
                .query(Approvals::read)
                .optional();
    }

    /** Newest first. @param open only those that wait for a decision */
    List<Approval> list(boolean open, int limit) {
        return jdbc.sql("select * from approval " + (open ? "where decision is null " : "")
                        + "order by id desc limit :limit")
                .param("limit", limit)
                .query(Approvals::read)
                .list();
    }

    /** @return whether it was undecided */
    boolean decide(Approval asked, Ruling ruling) {
        return jdbc.sql(
                                """
                        update approval set decision = :decision, decided_by = :by, decided_at = :at, reason = :reason,
                            mac = :mac
                        where id = :id and decision is null""")
                        .param("decision", ruling.decision().name())
                        .param("by", ruling.by())
                        .param("at", utc(ruling.at()))
                        .param("reason", ruling.reason())
                        .param("mac", seal.ofRuling(asked, ruling))
                        .param("id", asked.id())
                        .update()
                == 1;
    }

    /** @return whether nothing had acted on it */
    boolean use(long id, long ledgerRow) {
        return jdbc.sql("update approval set used_by = :row where id = :id and used_by is null")
                        .param("row", ledgerRow)
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Approval read(ResultSet row, int ignored) throws SQLException {
        row.getLong("used_by");
        boolean used = !row.wasNull();
        return new Approval(
                row.getLong("id"),
                row.getString("request"),
                row.getLong("proposal"),
                new IncidentNumber(row.getLong("incident")),
                row.getString("run_id"),
                row.getString("mode"),
                row.getString("cluster"),
                row.getString("hash"),
                row.getString("requester"),
                row.getString("responder"),
                row.getString("question"),
                row.getString("alternatives"),
                instant(row, "requested_at"),
                instant(row, "expires_at"),
                instant(row, "usable_until"),
                row.getString("request_mac"),
                ruling(row),
                used);
    }

    private static Optional<Ruling> ruling(ResultSet row) throws SQLException {
        String decision = row.getString("decision");
        return decision == null
                ? Optional.empty()
                : Optional.of(new Ruling(
                        Decision.valueOf(decision),
                        row.getString("decided_by"),
                        instant(row, "decided_at"),
                        row.getString("reason"),
                        row.getString("mac")));
    }
}
