package org.incidentorchestrator.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.incidentorchestrator.console.start.DatabaseKind;
import org.incidentorchestrator.incident.IncidentFilter;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.support.Postgres;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long it takes to look for incidents among 100,000 that have ended, each with six entries of its record, and prints it
 * for each way of looking. Its argument is {@code h2}, a file as the program has it, or {@code postgres}, the one of the tests;
 * {@code -Xmx400m} is what the program has.
 */
public final class SearchBenchmark {
    private static final int INCIDENTS = 100_000;
    private static final int PIECE = 5_000;
    private static final int PAGE = 51;
    private static final int ROUNDS = 200;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    /** Who wrote the entries of each incident. */
    private static final List<String> ACTORS = List.of(
            "'alertmanager'",
            "'incident-orchestrator'",
            "'incident-orchestrator'",
            "'person-' || mod(x, 30)",
            "case when mod(x, 20000) = 0 then 'newcomer' else 'person-' || mod(x, 7) end",
            "'incident-orchestrator'");

    private final Incidents incidents;

    private SearchBenchmark(DataSource database) {
        this.incidents = new Incidents(JdbcClient.create(database));
    }

    public static void main(String[] arguments) throws Exception {
        DatabaseKind kind = arguments[0].equals("postgres") ? DatabaseKind.POSTGRESQL : DatabaseKind.H2;
        try (HikariDataSource database = new HikariDataSource(settings(kind))) {
            FluentConfiguration flyway = Flyway.configure().dataSource(database).placeholders(kind.schemaTypes());
            flyway.target("1").load().migrate();
            timed("filled", () -> fill(JdbcClient.create(database)));
            timed(
                    "migrated from the first schema",
                    () -> flyway.target(MigrationVersion.LATEST).load().migrate());
            JdbcClient.create(database).sql("analyze").update();
            new SearchBenchmark(database).measure();
        }
        // PostgreSQL ends with its process.
        System.exit(0);
    }

    /** As the program has them, but that H2 does not give the same answer again without looking. */
    private static HikariConfig settings(DatabaseKind kind) throws Exception {
        var settings = new HikariConfig();
        if (kind == DatabaseKind.POSTGRESQL) {
            settings.setJdbcUrl(Postgres.url(Postgres.createEmpty()));
            settings.setUsername(Postgres.USER);
        } else {
            settings.setJdbcUrl(
                    "jdbc:h2:file:" + Files.createTempDirectory("search").resolve("incidents")
                            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_LENGTH_INPLACE_LOB=16384;OPTIMIZE_REUSE_RESULTS=FALSE");
            settings.setUsername("sa");
        }
        settings.setMaximumPoolSize(4);
        return settings;
    }

    /**
     * In pieces: H2 takes long over what is one large transaction. With their numbers: H2 writes each one that it gives to the
     * disk, which would take ten times as long.
     */
    private static void fill(JdbcClient jdbc) {
        for (int first = 1; first <= INCIDENTS; first += PIECE) {
            open(jdbc, first, first + PIECE - 1);
            for (int entry = 0; entry < ACTORS.size(); entry++) {
                record(jdbc, entry, first, first + PIECE - 1);
            }
        }
    }

    private static void timed(String what, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        System.out.printf("%s in %.1f s%n", what, (System.nanoTime() - begin) / 1e9);
    }

    /** An incident every ten minutes, of 200 services; every thousandth is about a service that is seldom in trouble. */
    private static void open(JdbcClient jdbc, int first, int last) {
        jdbc.sql(
                        """
                        insert into incident (number, alert_name, exercise, namespace, workload, severity, summary, runbook,
                            target, opened_at, level, ladder_armed_at, ladder_reached, reopened, acknowledged_at,
                            acknowledged_by, ending, ending_by, ending_reason, ending_at, closed_at, outcome)
                        select x, 'ServiceDown', false, 'namespace-' || mod(x, 20),
                            case when mod(x, 1000) = 0 then 'seldom-' else 'service-' end || mod(x, 200),
                            case when mod(x, 50) = 0 then 'INFO' when mod(x, 3) = 0 then 'CRITICAL' else 'WARNING' end,
                            'It has been down for more than five minutes, and its pods are not ready',
                            'runbook-' || mod(x, 12), 'Deployment/namespace/service-' || mod(x, 200),
                            cast('2024-01-01 00:00:00+00' as timestamp with time zone) + x * interval '10' minute, 1,
                            cast('2024-01-01 00:00:00+00' as timestamp with time zone) + x * interval '10' minute, 1, 0,
                            cast('2024-01-01 00:05:00+00' as timestamp with time zone) + x * interval '10' minute,
                            'person-' || mod(x, 30), 'PERSON_RESOLVED', 'person-' || mod(x, 30), 'It was the usual thing',
                            cast('2024-01-01 01:00:00+00' as timestamp with time zone) + x * interval '10' minute,
                            cast('2024-01-01 01:00:00+00' as timestamp with time zone) + x * interval '10' minute,
                            'RESOLVED_BY_PERSON'
                        from generate_series(%d, %d) as x"""
                                .formatted(first, last))
                .update();
    }

    private static void record(JdbcClient jdbc, int entry, int first, int last) {
        jdbc.sql(
                        """
                        insert into evidence (id, incident, at, kind, actor, activity, summary, details)
                        select x * %d + %d, x, cast('2024-01-01 00:05:00+00' as timestamp with time zone) + x * interval '10' minute,
                            'STEP_LOOKED', %s, 'serviceTask_listPods', 'looked at two pods: none of them is ready',
                            '{"step":"listPods","mode":"EXECUTE","kubectl":"kubectl get pods -n namespace"}'
                        from generate_series(%d, %d) as x"""
                                .formatted(ACTORS.size(), entry, ACTORS.get(entry), first, last))
                .update();
    }

    private void measure() {
        Map<String, IncidentFilter> ways = new LinkedHashMap<>();
        Instant day = Instant.parse("2025-01-01T00:00:00Z");
        ways.put("no filter", filter(Listed.ALL, null, null, null, null, null, null));
        ways.put("open (none is)", filter(Listed.OPEN, null, null, null, null, null, null));
        ways.put("closed", filter(Listed.CLOSED, null, null, null, null, null, null));
        ways.put("service", filter(Listed.ALL, "service-17", null, null, null, null, null));
        ways.put("service, seldom", filter(Listed.ALL, "seldom-", null, null, null, null, null));
        ways.put("service, any", filter(Listed.ALL, "s", null, null, null, null, null));
        ways.put("service, none", filter(Listed.ALL, "zzz", null, null, null, null, null));
        ways.put("service, any+open", filter(Listed.OPEN, "s", null, null, null, null, null));
        ways.put("service, any+runbook", filter(Listed.ALL, "s", "runbook-5", Severity.WARNING, null, null, null));
        ways.put("service, none+runbook", filter(Listed.ALL, "zzz", "runbook-5", null, null, null, null));
        ways.put("service, none+person", filter(Listed.ALL, "zzz", null, null, "person-3", null, null));
        ways.put("person, nobody", filter(Listed.ALL, null, null, null, "nobody", null, null));
        ways.put("person, often", filter(Listed.ALL, null, null, null, "person-3", null, null));
        ways.put("person, seldom", filter(Listed.ALL, null, null, null, "newcomer", null, null));
        ways.put("person, the pager", filter(Listed.ALL, null, null, null, "alertmanager", null, null));
        ways.put("person, the program", filter(Listed.ALL, null, null, null, "incident-orchestrator", null, null));
        ways.put("time, a day", filter(Listed.ALL, null, null, null, null, day, day.plus(Duration.ofDays(1))));
        Instant first = Instant.parse("2024-01-01T00:00:00Z");
        ways.put(
                "time, the first day",
                filter(Listed.ALL, null, null, null, null, first, first.plus(Duration.ofDays(1))));
        ways.put("time, since", filter(Listed.ALL, null, null, null, null, day, null));
        ways.put("time, until", filter(Listed.ALL, null, null, null, null, null, day));
        ways.put("runbook+severity", filter(Listed.ALL, null, "runbook-5", Severity.WARNING, null, null, null));
        ways.put("runbook+severity, none", filter(Listed.ALL, null, "runbook-5", Severity.UNKNOWN, null, null, null));
        ways.put("severity", filter(Listed.ALL, null, null, Severity.INFO, null, null, null));
        ways.put("severity, most", filter(Listed.ALL, null, null, Severity.WARNING, null, null, null));
        ways.put(
                "person+service+time",
                filter(Listed.CLOSED, "service-17", null, null, "person-3", day, day.plus(Duration.ofDays(90))));
        ways.forEach((name, filter) -> print(name, filter, null));
        print("deep page", ways.get("no filter"), new IncidentNumber(100));
        print("deep page, service", ways.get("service"), new IncidentNumber(5_000));
        print("deep page, person", ways.get("person, often"), new IncidentNumber(5_000));
    }

    private static IncidentFilter filter(
            Listed state, String service, String runbook, Severity severity, String person, Instant from, Instant to) {
        return new IncidentFilter(state, null, service, null, runbook, severity, person, from, to);
    }

    private void print(String name, IncidentFilter filter, IncidentNumber before) {
        List<Long> times = new ArrayList<>();
        int found = 0;
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int round = 0; round < ROUNDS && System.nanoTime() < end; round++) {
            long begin = System.nanoTime();
            found = incidents.search(filter, before, PAGE).size();
            times.add(System.nanoTime() - begin);
        }
        double first = times.get(0) / 1e6;
        times.sort(null);
        System.out.printf(
                "%-24s %3d found; p50 %7.1f ms, p99 %7.1f ms, the first %7.1f ms; %d times%n",
                name, found, millis(times, 50), millis(times, 99), first, times.size());
    }

    private static double millis(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() - 1) * percent / 100) / 1e6;
    }
}
