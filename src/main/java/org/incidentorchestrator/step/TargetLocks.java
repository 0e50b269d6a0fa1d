package org.incidentorchestrator.step;

import static org.incidentorchestrator.incident.Incidents.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Target;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** One changing run per target: the row is the lock. */
@Repository
public class TargetLocks {
    private final JdbcClient jdbc;

    public TargetLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes or keeps the lock; one that was not touched for {@code expiry} is taken over, and so is an exercise's by
     * whoever is not one.
     *
     * @return the incident that holds it instead, if any
     * @throws org.springframework.dao.DuplicateKeyException when another run took it at the same moment
     */
    Optional<IncidentNumber> take(Target target, String runId, IncidentNumber incident, Instant now, Duration expiry) {
        int kept = jdbc.sql(
                        """
                        update target_lock set run_id = :run, incident = :incident, touched_at = :now
                        where target = :target and (run_id = :run or touched_at < :expired
                            or (incident in (select number from incident where exercise)
                                and :incident not in (select number from incident where exercise)))""")
                .param("run", runId)
                .param("incident", incident.value())
                .param("now", utc(now))
                .param("target", target.id())
                .param("expired", utc(now.minus(expiry)))
                .update();
        if (kept == 1) {
            return Optional.empty();
        }
        Optional<IncidentNumber> holder = holder(target);
        if (holder.isEmpty()) {
            insert(target, runId, incident, now);
        }
        return holder;
    }

    Optional<IncidentNumber> holder(Target target) {
        return hold(target).map(Hold::incident);
    }

    /**
     * A lock as its row says.
     *
     * @param runId the root process instance
     * @param touchedAt the last step of the run on it
     */
    public record Hold(IncidentNumber incident, String runId, Instant touchedAt) {}

    /** Who has the lock, be it expired or not. */
    public Optional<Hold> hold(Target target) {
        return jdbc.sql("select incident, run_id, touched_at from target_lock where target = :target")
                .param("target", target.id())
                .query((row, at) -> new Hold(
                        new IncidentNumber(row.getLong("incident")),
                        row.getString("run_id"),
                        Incidents.instant(row, "touched_at")))
                .optional();
    }

    /** Frees what a run holds, when it ends. */
    public void release(String runId) {
        jdbc.sql("delete from target_lock where run_id = :run")
                .param("run", runId)
                .update();
    }

    private void insert(Target target, String runId, IncidentNumber incident, Instant now) {
        jdbc.sql(
                        "insert into target_lock (target, run_id, incident, touched_at) values (:target, :run, :incident, :now)")
                .param("target", target.id())
                .param("run", runId)
                .param("incident", incident.value())
                .param("now", utc(now))
                .update();
    }
}
