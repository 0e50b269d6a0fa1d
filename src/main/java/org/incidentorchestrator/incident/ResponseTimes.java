package org.incidentorchestrator.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How long it took until somebody first had an incident, and until it was closed, per service and per runbook, in one
 * query. Exercises and planned work are none of it, nor is what came back: its row knows the last time only. What
 * maintenance or a common cause kept from people counts for no acknowledgement.
 */
@Repository
public class ResponseTimes {
    /** A week, in seconds. */
    private static final long WEEK = 604_800;

    /** The services and runbooks with the most incidents are told of. */
    private static final int MOST = 50;

    private final JdbcClient jdbc;
    private final OperationsSettings settings;
    private final Clock clock;

    ResponseTimes(JdbcClient jdbc, OperationsSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is told of: {@code shop/cart}, or {@code service-down}. */
    public enum Of {
        SERVICE,
        RUNBOOK
    }

    /** @param p50 half of them took no longer; empty when there was none to measure */
    public record Spread(Optional<Duration> p50, Optional<Duration> p90, Optional<Duration> max) {}

    /** @param at when the week began */
    public record Week(Instant at, long incidents, Spread acknowledge, Spread resolve) {}

    /** @param weeks the oldest first; those without an incident are not among them */
    public record Times(Of of, String name, long incidents, Spread acknowledge, Spread resolve, List<Week> weeks) {}

    /** Services first, of each kind those with the most incidents first. */
    public List<Times> all() {
        Instant from = clock.instant().minus(settings.window());
        Map<String, List<Row>> byName =
                jdbc.sql(SQL).param("from", Incidents.utc(from)).query((row, i) -> row(row, from)).list().stream()
                        .collect(Collectors.groupingBy(
                                row -> row.of + " " + row.name, LinkedHashMap::new, Collectors.toList()));
        List<Times> all = byName.values().stream()
                .map(ResponseTimes::times)
                .sorted(Comparator.comparing(Times::of)
                        .thenComparing(
                                Comparator.comparingLong(Times::incidents).reversed())
                        .thenComparing(Times::name))
                .toList();
        return Arrays.stream(Of.values())
                .flatMap(of -> all.stream().filter(times -> times.of() == of).limit(MOST))
                .toList();
    }

    private static final String SPREAD =
            """
            count(*) as incidents,
            percentile_cont(0.5) within group (order by ack) as ack50,
            percentile_cont(0.9) within group (order by ack) as ack90, max(ack) as ack100,
            percentile_cont(0.5) within group (order by done) as done50,
            percentile_cont(0.9) within group (order by done) as done90, max(done) as done100
            """;

    private static final String SQL =
            """
            with measured as (
                select namespace, workload, runbook,
                    cast(case when held_until is null then extract(epoch from (first_acknowledged_at - opened_at)) end
                        as double precision) as ack,
                    cast(extract(epoch from (closed_at - opened_at)) as double precision) as done,
                    cast(floor(extract(epoch from (opened_at - cast(:from as timestamp with time zone))) / WEEK) as integer) as week
                from incident
                where opened_at >= :from and not exercise and reopened = 0
                    and (outcome is null or outcome not like 'WORK_%')
            ), named as (
                select 'SERVICE' as kind, concat(namespace, '/', workload) as name, ack, done, week from measured
                union all
                select 'RUNBOOK' as kind, runbook as name, ack, done, week from measured where runbook is not null
            )
            select kind, name, -1 as week, SPREAD from named group by kind, name
            union all
            select kind, name, week, SPREAD from named group by kind, name, week
            order by kind, name, week"""
                    .replace("SPREAD", SPREAD)
                    .replace("WEEK", String.valueOf(WEEK));

    /** @param week -1 for all of them */
    private record Row(Of of, String name, int week, Week figures) {}

    private static Row row(ResultSet row, Instant from) throws SQLException {
        int week = row.getInt("week");
        return new Row(
                Of.valueOf(row.getString("kind")),
                row.getString("name"),
                week,
                new Week(
                        from.plusSeconds(WEEK * Math.max(week, 0)),
                        row.getLong("incidents"),
                        spread(row, "ack"),
                        spread(row, "done")));
    }

    private static Spread spread(ResultSet row, String what) throws SQLException {
        return new Spread(seconds(row, what + "50"), seconds(row, what + "90"), seconds(row, what + "100"));
    }

    private static Optional<Duration> seconds(ResultSet row, String column) throws SQLException {
        double seconds = row.getDouble(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.round(seconds)));
    }

    private static Times times(List<Row> rows) {
        Row all = rows.get(0);
        return new Times(
                all.of,
                all.name,
                all.figures.incidents(),
                all.figures.acknowledge(),
                all.figures.resolve(),
                rows.stream().skip(1).map(Row::figures).toList());
    }
}
