package org.incidentorchestrator.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.EndingSettings;
import org.incidentorchestrator.incident.Episodes;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.IntakePressure;
import org.incidentorchestrator.incident.MaintenanceSettings;
import org.incidentorchestrator.incident.MaintenanceWindows;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The whole of intake on a database of its own, with a clock that stands until it is moved. */
final class Rig implements AutoCloseable {
    private static final MaintenanceSettings MAINTENANCE = new MaintenanceSettings(
            Duration.ofHours(8),
            Set.of("SuspectedBreach"),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofMinutes(30),
            "a1-orchestrator");

    static final String TOKEN = "a-token-for-tests-only";

    final TestClock clock = new TestClock(Instant.parse("2026-11-23T03:00:00Z"));
    final List<Object> events = new CopyOnWriteArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final IntakePressure pressure = new IntakePressure();
    final InboxSignal signal = new InboxSignal();
    final IntakeSettings settings;
    final Incidents incidents;
    final Inbox inbox;
    final InboxWriter writer;
    final InboxPass pass;
    final EvidenceLog evidence;
    final PlatformTransactionManager transactions;
    final AlertSource source;
    final JdbcClient jdbc;

    final Heartbeats heartbeats;
    final HeartbeatWatch heartbeatWatch;

    private final Episodes episodes;
    private final QuietAlerts quiet;
    private final AlertJudge judge;
    private final TestDatabase database = TestDatabase.create();
    private volatile Consumer<Object> listener = event -> {};

    Rig() {
        this(Map.of());
    }

    Rig(Map<String, String> changed) {
        settings = Fixture.settings(changed);
        jdbc = database.jdbc();
        transactions = database.transactions();
        incidents = new Incidents(jdbc);
        inbox = new Inbox(new JdbcTemplate(database.dataSource()));
        evidence = database.evidence(clock);
        source = new AlertmanagerSource(new AlertmanagerSettings(Path.of("unused"), TOKEN), new AlertKeys(settings));
        heartbeats = new Heartbeats(jdbc);
        heartbeatWatch = heartbeatWatch();
        episodes = new Episodes(new NamedParameterJdbcTemplate(database.dataSource()));
        quiet = new QuietAlerts(settings, heartbeats, new InfoAlerts(episodes, new AlertFacts(evidence)));
        judge = new AlertJudge(new KeyHistories(incidents, episodes, Fixture.reopening()), quiet);
        writer = new InboxWriter(inbox, transactions, signal, pressure, settings, clock);
        writer.start();
        pass = pass();
    }

    /** Another worker on the same database, as another node has it. */
    InboxPass pass() {
        var parking = new Parking(inbox, evidence, this::publish, transactions, clock);
        var windows = new MaintenanceWindows(database.jdbc(), MAINTENANCE);
        var triage = new AlertTriage(
                judge,
                incidents,
                episodes,
                quiet,
                new AlertFacts(evidence),
                new EndingSettings(Set.of("suspected-breach")),
                new Holding(windows, incidents, evidence, clock),
                this::publish,
                clock);
        var work = new DeliveryWork(inbox, triage, parking, transactions, meters, clock);
        return new InboxPass(List.of(source), inbox, work, parking, this::publish, settings, clock);
    }

    Foresight foresight() {
        var windows = new MaintenanceWindows(database.jdbc(), MAINTENANCE);
        return new Foresight(judge, windows, new EndingSettings(Set.of("suspected-breach")), transactions, clock);
    }

    AlertReading reading() {
        return new AlertReading(List.of(source), clock);
    }

    /** As a program has it that has just started. */
    HeartbeatWatch heartbeatWatch() {
        return new HeartbeatWatch(heartbeats, List.of(source), settings, this::publish, transactions, clock);
    }

    /** As a program has it that has just started. */
    Reconciliation reconciliation(ReconcileSettings asking) {
        var news = new News(judge, transactions);
        var differences = new Differences(asking, settings, new AlertKeys(settings), episodes, heartbeats, news);
        return new Reconciliation(asking, differences, writer, clock);
    }

    private void publish(Object event) {
        events.add(event);
        listener.accept(event);
    }

    /** What the engine's edge does with an event, in the publisher's transaction. */
    void whenPublished(Consumer<Object> work) {
        listener = work;
    }

    long send(String body) {
        return writer.store("alertmanager", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Stores a message with these alerts and works until nothing is due. */
    long work(String... alerts) {
        long id = send(Fixture.message(alerts));
        workAll();
        return id;
    }

    void workAll() {
        while (pass.run() > 0) {
            // Until nothing is due.
        }
    }

    Incident incident(long number) {
        return incidents.get(new IncidentNumber(number));
    }

    List<Incident> all() {
        return incidents.list(Incidents.Listed.ALL, null, 1000);
    }

    InboxView row(long id) {
        return inbox.find(id).orElseThrow();
    }

    List<String> evidence(long incident) {
        return jdbc.sql("select kind from evidence where incident = :incident order by id")
                .param("incident", incident)
                .query(String.class)
                .list();
    }

    <T> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    void databaseRefuses(int times) {
        database.refuse(times);
    }

    @Override
    public void close() {
        try {
            writer.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }
}
