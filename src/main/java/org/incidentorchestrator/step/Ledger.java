package org.incidentorchestrator.step;

import static org.incidentorchestrator.incident.Incidents.instant;
import static org.incidentorchestrator.incident.Incidents.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidentorchestrator.cluster.PatchedField;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.LedgerEntry.Key;
import org.incidentorchestrator.step.LedgerEntry.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** What each visit at a step did, so that no retry does it again. One statement per method, in the caller's transaction. */
@Repository
class Ledger implements RecordedChanges {
    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows of one visit, by ordinal; none when it is the first try. */
    List<LedgerEntry> of(StepCall call) {
        return jdbc.sql(
                        """
                        select * from step_ledger where job_id = :job and activity_id = :activity
                            and loop_counter = :loop order by ordinal""")
                .param("job", call.jobId())
                .param("activity", call.activityId())
                .param("loop", call.loopCounter())
                .query(Ledger::read)
                .list();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another node had this job too and was first */
    long insert(LedgerEntry entry, OptionalLong proposal, Instant now) {
        var keys = new GeneratedKeyHolder();
        boolean look = entry.state() == State.LOOKED;
        Optional<Deed> deed = entry.deed();
        jdbc.sql(
                        """
                        insert into step_ledger (job_id, activity_id, loop_counter, ordinal, mark, incident, run_id, step, mode,
                            target, state, effect, kubectl, uid, resource_version, proposal, planned_at, intent_at,
                            result_at, output, note)
                        values (:job, :activity, :loop, :ordinal, :mark, :incident, :run, :step, :mode, :target, :state, :effect,
                            :kubectl, :uid, :resourceVersion, :proposal, :plannedAt, :intentAt, :resultAt, :output, :note)""")
                .param("job", entry.key().jobId())
                .param("activity", entry.key().activityId())
                .param("loop", entry.key().loopCounter())
                .param("ordinal", entry.key().ordinal())
                .param("mark", entry.key().mark())
                .param("incident", entry.incident().value())
                .param("run", entry.runId())
                .param("step", entry.step())
                .param("mode", entry.mode().name())
                .param("target", deed.map(sent -> sent.target().id()).orElse(null))
                .param("state", entry.state().name())
                .param("effect", deed.map(DeedJson::canonical).orElse(null))
                .param("kubectl", entry.kubectl())
                .param("uid", deed.map(Deed::uid).orElse(null))
                .param("resourceVersion", deed.map(Deed::fence).orElse(null))
                .param("proposal", proposal.isPresent() ? proposal.getAsLong() : null)
                .param("plannedAt", utc(entry.plannedAt()))
                .param("intentAt", utc(look ? null : now))
                .param("resultAt", utc(look ? now : null))
                .param("output", entry.output())
                .param("note", entry.note())
                .update(keys, "id");
        return keys.getKey().longValue();
    }

    /**
     * An answer of the API server is believed over what somebody has concluded who looked before the request arrived.
     *
     * @return whether this caller settled it; false when somebody else was first
     */
    boolean settle(LedgerEntry entry, State state, String note, Instant now) {
        return jdbc.sql(
                                """
                        update step_ledger set state = :state, note = :note, result_at = :now
                        where id = :id
                            and (state = 'INTENT' or (:heard and state in ('ABANDONED', 'UNKNOWN')))""")
                        .param("heard", state == State.APPLIED)
                        .param("state", state.name())
                        .param("note", shortened(note))
                        .param("now", utc(now))
                        .param("id", entry.id())
                        .update()
                == 1;
    }

    /** Fences an INTENT by a newer resource version; one caller wins, the other must not send. */
    boolean takeOver(LedgerEntry entry, String from, String to) {
        return jdbc.sql(
                                """
                        update step_ledger set resource_version = :to
                        where id = :id and state = 'INTENT' and resource_version = :from""")
                        .param("to", to)
                        .param("from", from)
                        .param("id", entry.id())
                        .update()
                == 1;
    }

    /** Intended, and without a result. @param oldest none when there is none */
    record Open(long count, Optional<Instant> oldest) {}

    Open open() {
        return jdbc.sql("select count(*) as entries, min(intent_at) as oldest from step_ledger where state = 'INTENT'")
                .query((row, i) -> new Open(row.getLong("entries"), Optional.ofNullable(instant(row, "oldest"))))
                .single();
    }

    /** INTENTs without a result that were written before a time, oldest first. */
    List<LedgerEntry> openSince(Instant before) {
        return jdbc.sql("select * from step_ledger where state = 'INTENT' and intent_at <= :before order by id")
                .param("before", utc(before))
                .query(Ledger::read)
                .list();
    }

    /** Whether another visit than this has acted on a proposal, whatever its row says. */
    boolean actedOn(long proposal, StepCall call) {
        return jdbc.sql(
                                """
                        select count(*) from step_ledger where proposal = :proposal
                            and not (job_id = :job and activity_id = :activity and loop_counter = :loop)""")
                        .param("proposal", proposal)
                        .param("job", call.jobId())
                        .param("activity", call.activityId())
                        .param("loop", call.loopCounter())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** A change on this target that nobody knows the result of, except those of this visit. */
    Optional<LedgerEntry> unsettled(Target target, StepCall call) {
        return jdbc.sql(
                        """
                        select * from step_ledger where state = 'INTENT' and mode = 'EXECUTE' and target = :target
                            and job_id <> :job order by id limit 1""")
                .param("target", target.id())
                .param("job", call.jobId())
                .query(Ledger::read)
                .optional();
    }

    @Override
    public Optional<RecordedChange> last(IncidentNumber incident, String step, Target target) {
        return jdbc.sql(
                        """
                        select * from step_ledger where incident = :incident and step = :step and target = :target
                            and mode = 'EXECUTE' and state in ('APPLIED', 'APPLIED_RECOVERED')
                        order by id desc limit 1""")
                .param("incident", incident.value())
                .param("step", step)
                .param("target", target.id())
                .query((row, i) -> recorded(read(row, i), instant(row, "result_at")))
                .optional();
    }

    private static RecordedChange recorded(LedgerEntry entry, Instant at) {
        Deed deed = entry.deed().orElseThrow();
        boolean onObject = deed instanceof Deed.ChangeObject;
        List<PatchedField> set = onObject
                ? PatchedField.of(((Deed.ChangeObject) deed).change()).stream()
                        .filter(field -> !Marks.isMark(field))
                        .toList()
                : List.of();
        return new RecordedChange(
                entry.step(),
                deed.target(),
                deed.uid(),
                at,
                set,
                onObject ? ((Deed.ChangeObject) deed).undo() : Optional.empty());
    }

    private static LedgerEntry read(ResultSet row, int ignored) throws SQLException {
        String effect = row.getString("effect");
        return new LedgerEntry(
                row.getLong("id"),
                new Key(
                        row.getString("job_id"),
                        row.getString("activity_id"),
                        row.getInt("loop_counter"),
                        row.getInt("ordinal")),
                new IncidentNumber(row.getLong("incident")),
                row.getString("run_id"),
                row.getString("step"),
                Mode.valueOf(row.getString("mode")),
                State.valueOf(row.getString("state")),
                effect == null
                        ? Optional.empty()
                        : Optional.of(DeedJson.read(effect, row.getString("resource_version"))),
                row.getString("kubectl"),
                instant(row, "planned_at"),
                row.getString("output"),
                row.getString("note"));
    }

    static String shortened(String text) {
        return text == null || text.length() <= 4000 ? text : text.substring(0, 3997) + "...";
    }
}
