package org.incidentorchestrator.incident;

import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the incidents' rows say of common causes: which services are down at once, who waits on whom. Each method is one
 * statement, over an index, and joins the caller's transaction.
 */
@Repository
public class CommonCauses {
    private final JdbcClient jdbc;

    public CommonCauses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many services have an incident that was opened since then and is open; what pages nobody outside is not counted. */
    public int servicesDown(Instant since) {
        return servicesDownBeside("", "", since);
    }

    /** The same without one service: so many are down beside it. */
    public int servicesDownBeside(String namespace, String workload, Instant since) {
        return jdbc.sql(
                        """
                        select count(*) from (select distinct namespace, workload from incident
                            where opened_at >= :since and open_key is not null and ending is null and workload <> ''
                                and alert_name <> :alert and severity <> 'INFO' and not exercise
                                and not (namespace = :namespace and workload = :workload)) as service""")
                .param("since", Incidents.utc(since))
                .param("namespace", namespace)
                .param("workload", workload)
                .param("alert", CommonCause.ALERT)
                .query(Integer.class)
                .single();
    }

    /** Whether the incident of any common cause is open. */
    public boolean anyOpen() {
        return jdbc.sql(
                                """
                        select count(*) from incident
                        where alert_name = :alert and namespace = '' and open_key is not null""")
                        .param("alert", CommonCause.ALERT)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Keeps the first page of these from people until then, at the latest. */
    public void holdPages(Collection<IncidentNumber> numbers, Instant until) {
        jdbc.sql("update incident set held_until = :until where number in (:numbers) and closed_at is null")
                .param("until", Incidents.utc(until))
                .param("numbers", numbers.stream().map(IncidentNumber::value).toList())
                .update();
    }

    /**
     * Lets an incident wait on another until then, at the latest. The level that its ladder had reached is paged when the
     * wait is over, and the others are counted from there.
     */
    public void await(IncidentNumber child, IncidentNumber parent, Instant until, Instant now) {
        jdbc.sql(
                        """
                        update incident set parent = :parent, held_until = :until, ladder_armed_at = :now,
                            ladder_reached = level, paged_at = null
                        where number = :number and closed_at is null""")
                .param("parent", parent.value(), Types.BIGINT)
                .param("until", Incidents.utc(until))
                .param("now", Incidents.utc(now))
                .param("number", child.value())
                .update();
    }

    /** What waits on an incident, or waited on it last, the oldest first. */
    public List<Incident> children(IncidentNumber parent, int limit) {
        return jdbc.sql("select * from incident where parent = :parent order by number limit :limit")
                .param("parent", parent.value())
                .param("limit", limit)
                .query(IncidentRow::read)
                .list();
    }

    /** @param waiting open, and not gone on with by itself; @param firing of these, those whose alert still fires */
    public record Children(int all, int waiting, int firing) {}

    public Children count(IncidentNumber parent, Instant now) {
        return jdbc.sql(
                        """
                        select count(*) as every, count(case when open_key is not null and held_until > :now then 1 end) as waiting,
                            count(case when open_key is not null and ending is null then 1 end) as firing
                        from incident where parent = :parent""")
                .param("now", Incidents.utc(now))
                .param("parent", parent.value())
                .query((row, ignored) -> new Children(row.getInt("every"), row.getInt("waiting"), row.getInt("firing")))
                .single();
    }

    /** The open incidents that wait on this one. */
    public List<IncidentNumber> waiting(IncidentNumber parent, Instant now) {
        return jdbc.sql(
                        """
                        select number from incident
                        where parent = :parent and open_key is not null and held_until > :now order by number""")
                .param("parent", parent.value())
                .param("now", Incidents.utc(now))
                .query((row, ignored) -> new IncidentNumber(row.getLong("number")))
                .list();
    }

    /** How many open incidents wait on another one now. */
    long countWaiting(Instant now) {
        return jdbc.sql(
                        "select count(*) from incident where parent is not null and open_key > '' and held_until > :now")
                .param("now", Incidents.utc(now))
                .query(Long.class)
                .single();
    }

    /** For people: on what an incident waits; nothing when it does not. */
    public Optional<String> waitInWords(Incident incident, Instant now) {
        return Optional.ofNullable(waitsInWords(List.of(incident), now).get(incident.number()));
    }

    /** The same of many, at the price of one; those that wait on nothing are not named. */
    public Map<IncidentNumber, String> waitsInWords(Collection<Incident> incidents, Instant now) {
        List<Incident> waiting =
                incidents.stream().filter(incident -> incident.waits(now)).toList();
        Map<Long, String> parents = summaries(
                waiting.stream().map(incident -> incident.parent().value()).collect(Collectors.toSet()));
        return waiting.stream()
                .filter(incident -> parents.containsKey(incident.parent().value()))
                .collect(Collectors.toMap(Incident::number, incident -> "Waits on %s (%s) until %s at the latest."
                        .formatted(
                                incident.parent(),
                                parents.get(incident.parent().value()),
                                incident.heldUntil().truncatedTo(ChronoUnit.SECONDS))));
    }

    private Map<Long, String> summaries(Set<Long> numbers) {
        return numbers.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("select number, summary from incident where number in (:numbers)")
                        .param("numbers", numbers)
                        .query((row, i) -> Map.entry(row.getLong("number"), row.getString("summary")))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
