package org.incidentorchestrator.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The incidents' rows. Each method is one statement and joins the caller's transaction; whoever makes a fact true
 * appends its evidence in the same transaction.
 */
@Repository
public class Incidents {
    /** What is open, as a range: H2 finds that in the index, and of {@code is not null} it would read every row. */
    static final String OPEN = "open_key > ''";

    private final JdbcClient jdbc;

    public Incidents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DuplicateKeyException when an incident of this key is open: roll back, attach */
    public Incident open(Alert alert, Instant now) {
        return open(alert.key().text(), alert.key(), alert.severity(), alert.summary(), null, null, now);
    }

    /**
     * Opens an incident that a person declares.
     *
     * @param by a user id
     * @param declaration what a repeat is recognised by; null for nothing
     * @throws org.springframework.dao.DuplicateKeyException when an incident of this key is open, or was declared by the
     *     same declaration: roll back, name it
     */
    public Incident declare(
            IncidentKey key, Severity severity, String summary, String by, String declaration, Instant now) {
        return open(key.text(), key, severity, summary, by, declaration, now);
    }

    /** Opens an exercise, as one declares an incident: beside a real one of the same key there may be one. */
    public Incident exercise(
            IncidentKey key, Severity severity, String summary, String by, String declaration, Instant now) {
        return open(key.textOfExercise(), key, severity, summary, by, declaration, now);
    }

    private Incident open(
            String openKey,
            IncidentKey key,
            Severity severity,
            String summary,
            String declaredBy,
            String declaration,
            Instant now) {
        var keys = new org.springframework.jdbc.support.GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into incident (open_key, exercise, alert_name, namespace, workload, severity, summary,
                            opened_at, level, ladder_armed_at, ladder_reached, reopened, declared_by, declaration)
                        values (:openKey, :exercise, :alertName, :namespace, :workload, :severity, :summary,
                            :now, 1, :now, 1, 0, :by, :declaration)""")
                .param("openKey", openKey)
                .param("exercise", openKey.equals(key.textOfExercise()))
                .param("alertName", key.alertName())
                .param("namespace", key.namespace())
                .param("workload", key.workload())
                .param("severity", severity.name())
                .param("summary", summary)
                .param("now", utc(now))
                .param("by", declaredBy, Types.VARCHAR)
                .param("declaration", declaration, Types.VARCHAR)
                .update(keys, "number");
        return get(new IncidentNumber(keys.getKey().longValue()));
    }

    /**
     * Opens a closed incident again under its old number. Its ladder begins anew.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody else has done so: roll back, attach
     */
    public Incident reopen(IncidentNumber number, Instant now) {
        Incident closed = get(number);
        int reopened = jdbc.sql(
                        """
                        update incident set open_key = :openKey, closed_at = null, outcome = null, ending = null,
                            ending_by = null, ending_reason = null, ending_at = null, first_acknowledged_at = null,
                            acknowledged_at = null, acknowledged_by = null, level = 1, ladder_armed_at = :now, ladder_reached = 1,
                            paged_at = null, held_until = null, parent = null,
                            aborted_at = null, aborted_by = null, aborted_reason = null, reopened = reopened + 1
                        where number = :number and closed_at is not null""")
                .param(
                        "openKey",
                        closed.exercise()
                                ? closed.key().textOfExercise()
                                : closed.key().text())
                .param("now", utc(now))
                .param("number", number.value())
                .update();
        if (reopened == 0) {
            throw new OptimisticLockingFailureException(number + " is open already");
        }
        return get(number);
    }

    public Incident get(IncidentNumber number) {
        return find(number).orElseThrow(() -> new IllegalArgumentException("there is no incident " + number));
    }

    public Optional<Incident> find(IncidentNumber number) {
        return jdbc.sql("select * from incident where number = :number")
                .param("number", number.value())
                .query(IncidentRow::read)
                .optional();
    }

    /** Reads an incident and holds its row until the caller's transaction ends. */
    public Incident lock(IncidentNumber number) {
        return jdbc.sql("select * from incident where number = :number for update")
                .param("number", number.value())
                .query(IncidentRow::read)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("there is no incident " + number));
    }

    /** Reads the open incidents of these keys and holds their rows, in the order of their numbers. */
    public List<Incident> lockOpen(Collection<IncidentKey> keys) {
        return keys.isEmpty()
                ? List.of()
                : jdbc.sql("select * from incident where open_key in (:keys) order by number for update")
                        .param("keys", keys.stream().map(IncidentKey::text).toList())
                        .query(IncidentRow::read)
                        .list();
    }

    public Optional<Incident> findOpen(IncidentKey key) {
        return findOpen(key.text());
    }

    public Optional<Incident> findOpenExercise(IncidentKey key) {
        return findOpen(key.textOfExercise());
    }

    private Optional<Incident> findOpen(String openKey) {
        return jdbc.sql("select * from incident where open_key = :key")
                .param("key", openKey)
                .query(IncidentRow::read)
                .optional();
    }

    /** The open incidents of these keys, in the order of their numbers; nothing is locked. */
    public List<Incident> findOpen(Collection<IncidentKey> keys) {
        return keys.isEmpty()
                ? List.of()
                : jdbc.sql("select * from incident where open_key in (:keys) order by number")
                        .param("keys", keys.stream().map(IncidentKey::text).toList())
                        .query(IncidentRow::read)
                        .list();
    }

    public Optional<Incident> findDeclared(String declaration) {
        return jdbc.sql("select * from incident where declaration = :declaration")
                .param("declaration", declaration)
                .query(IncidentRow::read)
                .optional();
    }

    /** An exercise is none of them: no alert is its trouble come back. */
    public Optional<Incident> findLatest(IncidentKey key) {
        return jdbc.sql(
                        """
                        select * from incident where alert_name = :alertName and namespace = :namespace
                            and workload = :workload and not exercise order by number desc limit 1""")
                .param("alertName", key.alertName())
                .param("namespace", key.namespace())
                .param("workload", key.workload())
                .query(IncidentRow::read)
                .optional();
    }

    /** @param unacknowledged those of them that nobody has */
    record Count(long open, long unacknowledged) {}

    /** How many are open, exercises not among them; a severity without any is not named. */
    Map<Severity, Count> countOpen() {
        Map<Severity, Count> counts = new EnumMap<>(Severity.class);
        jdbc.sql(
                        """
                        select severity, count(*) as open, count(case when acknowledged_at is null then 1 end) as waiting
                        from incident where open_key > '' and not exercise group by severity""")
                .query(row -> {
                    counts.put(
                            Severity.valueOf(row.getString("severity")),
                            new Count(row.getLong("open"), row.getLong("waiting")));
                });
        return counts;
    }

    /** Newest first. @param before only those that are older than this one; null for the newest */
    public List<Incident> list(Listed which, IncidentNumber before, int limit) {
        return search(IncidentFilter.of(which), before, limit);
    }

    /** What a filter lets through, newest first; a person, and a time, take a statement more. @param before only those that are older than this one; null for the newest */
    public List<Incident> search(IncidentFilter filter, IncidentNumber before, int limit) {
        Conditions conditions = filter.conditions();
        filter.lookups().forEach(lookup -> add(lookup, conditions));
        if (before != null) {
            conditions.and("number < :before", "before", before.value());
        }
        return jdbc.sql("select * from incident " + conditions.where() + " order by number desc limit :limit")
                .params(conditions.values())
                .param("limit", limit)
                .query(IncidentRow::read)
                .list();
    }

    private void add(Lookup lookup, Conditions conditions) {
        List<Long> found = jdbc.sql(lookup.numbers() + " limit :few")
                .params(lookup.values())
                .param("few", Lookup.FEW)
                .query(Long.class)
                .list();
        if (found.isEmpty()) {
            conditions.and("1 = 0");
        } else if (found.size() < Lookup.FEW) {
            conditions.and("number in (:" + lookup.name() + ")", lookup.name(), Set.copyOf(found));
        } else {
            conditions.and(lookup.asked(), lookup.values());
        }
    }

    /** The open ones in a namespace of this severity, oldest first, at most ten. */
    public List<Incident> listOpen(String namespace, Severity severity) {
        return jdbc.sql(
                        """
                        select * from incident where namespace = :namespace and severity = :severity
                            and open_key > '' order by number limit 10""")
                .param("namespace", namespace)
                .param("severity", severity.name())
                .query(IncidentRow::read)
                .list();
    }

    public enum Listed {
        ALL,
        OPEN,
        CLOSED
    }

    /** Says that nothing more is to be done. The first ending stands. @return whether it was the first */
    public boolean end(IncidentNumber number, Ending ending) {
        return jdbc.sql(
                                """
                        update incident set ending = :cause, ending_by = :by, ending_reason = :reason, ending_at = :at
                        where number = :number and ending is null and closed_at is null""")
                        .param("cause", ending.cause().name())
                        .param("by", ending.by())
                        .param("reason", ending.reason())
                        .param("at", utc(ending.at()))
                        .param("number", number.value())
                        .update()
                == 1;
    }

    /** A person's word stands over the pager's, which is only believed when the verification agrees. */
    public boolean endByPerson(IncidentNumber number, Ending ending) {
        return jdbc.sql(
                                """
                        update incident set ending = :cause, ending_by = :by, ending_reason = :reason, ending_at = :at
                        where number = :number and closed_at is null and (ending is null or ending = 'PAGER_RESOLVED')""")
                        .param("cause", ending.cause().name())
                        .param("by", ending.by())
                        .param("reason", ending.reason())
                        .param("at", utc(ending.at()))
                        .param("number", number.value())
                        .update()
                == 1;
    }

    /** Takes the pager's resolve back, because the alert fires again before the incident was closed. */
    public boolean fireAgain(IncidentNumber number) {
        return jdbc.sql(
                                """
                        update incident set ending = null, ending_by = null, ending_reason = null, ending_at = null
                        where number = :number and ending = 'PAGER_RESOLVED' and closed_at is null""")
                        .param("number", number.value())
                        .update()
                == 1;
    }

    public boolean close(IncidentNumber number, Incident.Outcome outcome, Instant now) {
        return jdbc.sql(
                                """
                        update incident set open_key = null, closed_at = :now, outcome = :outcome
                        where number = :number and closed_at is null""")
                        .param("now", utc(now))
                        .param("outcome", outcome.name())
                        .param("number", number.value())
                        .update()
                == 1;
    }

    /** @return whether nobody had it before */
    public boolean acknowledge(IncidentNumber number, String person, Instant now) {
        return jdbc.sql(
                                """
                        update incident set acknowledged_at = :now, acknowledged_by = :person,
                            first_acknowledged_at = coalesce(first_acknowledged_at, :now)
                        where number = :number and acknowledged_at is null and closed_at is null""")
                        .param("now", utc(now))
                        .param("person", person)
                        .param("number", number.value())
                        .update()
                == 1;
    }

    /** Nobody has it any more; the ladder is armed again at the level that it had reached. */
    public boolean giveBack(IncidentNumber number, Instant now) {
        return jdbc.sql(
                                """
                        update incident set acknowledged_at = null, acknowledged_by = null, ladder_armed_at = :now,
                            ladder_reached = level, paged_at = null
                        where number = :number and acknowledged_at is not null and closed_at is null""")
                        .param("now", utc(now))
                        .param("number", number.value())
                        .update()
                == 1;
    }

    public void worsen(IncidentNumber number, Severity severity) {
        jdbc.sql("update incident set severity = :severity where number = :number")
                .param("severity", severity.name())
                .param("number", number.value())
                .update();
    }

    /** Somebody else has it from now on. */
    public void handOver(IncidentNumber number, String person, Instant now) {
        jdbc.sql(
                        """
                        update incident set acknowledged_at = :now, acknowledged_by = :person,
                            first_acknowledged_at = coalesce(first_acknowledged_at, :now)
                        where number = :number and closed_at is null""")
                .param("now", utc(now))
                .param("person", person)
                .param("number", number.value())
                .update();
    }

    /** Nobody has it any more, and the ladder is armed at this level, which is to be paged. */
    public void escalate(IncidentNumber number, int level, Instant now) {
        jdbc.sql(
                        """
                        update incident set acknowledged_at = null, acknowledged_by = null, level = :level,
                            ladder_reached = :level, ladder_armed_at = :now, paged_at = null
                        where number = :number and closed_at is null""")
                .param("level", level)
                .param("now", utc(now))
                .param("number", number.value())
                .update();
    }

    /** @param level the highest that is paged by now */
    public void paged(IncidentNumber number, int level, Instant now) {
        jdbc.sql("update incident set level = :level, paged_at = :now where number = :number")
                .param("level", level)
                .param("now", utc(now))
                .param("number", number.value())
                .update();
    }

    /** Keeps it from people until then. */
    public void hold(IncidentNumber number, Instant until) {
        jdbc.sql("update incident set held_until = :until where number = :number and closed_at is null")
                .param("until", utc(until))
                .param("number", number.value())
                .update();
    }

    /** Maintenance, or a wait, ended then: from then on its ladder counts. */
    public void endHold(IncidentNumber number, Instant at) {
        jdbc.sql(
                        """
                        update incident set held_until = :at, ladder_armed_at = :at
                        where number = :number and closed_at is null""")
                .param("at", utc(at))
                .param("number", number.value())
                .update();
    }

    /** The open incidents that maintenance, or a wait, still keeps from people, the oldest first. */
    public List<Incident> held(Instant now) {
        return jdbc.sql("select * from incident where open_key > '' and held_until > :now order by number")
                .param("now", utc(now))
                .query(IncidentRow::read)
                .list();
    }

    /** Says that its run changes nothing more. The first abort stands. @return whether it was the first, in time */
    public boolean abort(IncidentNumber number, Incident.Abort abort) {
        return jdbc.sql(
                                """
                        update incident set aborted_at = :at, aborted_by = :by, aborted_reason = :reason
                        where number = :number and aborted_at is null and ending is null and closed_at is null""")
                        .param("at", utc(abort.at()))
                        .param("by", abort.by())
                        .param("reason", abort.reason())
                        .param("number", number.value())
                        .update()
                == 1;
    }

    public void choose(IncidentNumber number, Target target, String runbook) {
        jdbc.sql("update incident set target = :target, runbook = :runbook where number = :number")
                .param("target", target == null ? null : target.id())
                .param("runbook", runbook)
                .param("number", number.value())
                .update();
    }

    /** JDBC drivers take a time with an offset, and no {@link Instant}. */
    public static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
