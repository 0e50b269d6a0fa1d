package org.incidentorchestrator.step;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.incidentorchestrator.cluster.ClusterGate;
import org.incidentorchestrator.cluster.ClusterGates;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.host.ScriptHost;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Glances;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;

/** The runner with all that it needs, on a sandbox, a database and a machine of a test's own. */
public final class StepRig implements AutoCloseable {
    public final TestClock clock = new TestClock(Instant.parse("2026-11-24T03:00:00Z"));
    public final TestDatabase database = TestDatabase.create();
    public final Sandbox sandbox = Sandbox.inMemory(clock);
    final UnreliableWriter writer = new UnreliableWriter(sandbox.writer());
    public final Incidents incidents = new Incidents(database.jdbc());
    public final Proposals proposals = new Proposals(database.jdbc());
    final Ledger ledger = new Ledger(database.jdbc());
    final List<PersonNeeded> askedFor = new ArrayList<>();
    final Set<String> liveJobs = new HashSet<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ClusterSettings cluster = ClusterGates.settings();
    final ClusterGate gate = ClusterGates.gate(cluster, clock, new SimpleMeterRegistry());
    public final StepRunner runner;
    final Sweep sweep;
    public final Incident incident = incidents.open(alert("ServiceDown"), clock.instant());

    boolean nobodyCanBeAsked;

    StepRig(Step<?, ?>... steps) {
        this(new ScriptHost(Path.of("target", "no-scripts")), List.of(steps));
    }

    StepRig(ScriptHost host, List<Step<?, ?>> steps) {
        this(host, steps, rig -> StepRig::nobodyHasApproved);
    }

    private static void nobodyHasApproved(Proposal proposal, StepCall call, long row) {
        throw StepFailure.refused("approvalNeeded", "nobody can approve here", "");
    }

    /** @param second who asks a second person */
    public StepRig(ScriptHost host, List<Step<?, ?>> steps, Function<StepRig, Permits> second) {
        Permits permits = second.apply(this);
        StepSettings settings =
                new StepSettings(Optional.of(Mode.EXECUTE), true, Duration.ofMinutes(30), Duration.ofMinutes(30));
        ClusterReader reader = sandbox.reader();
        Planning planning =
                new Planning(new StepCatalogue(steps), List.of(), reader, incidents, new ModeLimit(settings, cluster));
        StepRecord record = new StepRecord(
                ledger,
                proposals,
                database.evidence(clock),
                database.artefacts(clock),
                this::ask,
                clock,
                database.transactions());
        Settlement settlement = new Settlement(reader, host.runs());
        this.runner = new StepRunner(
                planning,
                ledger,
                new Proposing(planning, proposals, settings, clock),
                settlement,
                new StepIntents(
                        ledger,
                        proposals,
                        permits,
                        new TargetLocks(database.jdbc()),
                        incidents,
                        new StopSwitch(database.jdbc()),
                        record,
                        settings,
                        clock,
                        database.transactions()),
                record,
                new Sender(writer, host.runner(), change -> change),
                gate,
                new Outcomes(record),
                new StepMetrics(new SimpleMeterRegistry()),
                clock);
        this.sweep = new Sweep(
                ledger,
                jobs -> {
                    var alive = new HashSet<>(liveJobs);
                    alive.retainAll(jobs);
                    return alive;
                },
                settlement,
                record,
                new SweepMetrics(ledger, new Glances(clock), meters),
                clock);
    }

    /** The change arrives, and nobody hears of it. */
    public void losesTheNextAnswer() {
        writer.losesTheNextAnswer();
    }

    /** It does not arrive, and nobody hears of that. */
    public void losesTheNextRequest() {
        writer.losesTheNextRequest();
    }

    public Alert alert(String name) {
        return new Alert(
                "alertmanager",
                Alert.Status.FIRING,
                name,
                clock.instant(),
                new IncidentKey(name, Sandbox.NAMESPACE, "mcp-gateway"),
                Severity.CRITICAL,
                name,
                Map.of(),
                Map.of());
    }

    private void ask(Object event) {
        if (nobodyCanBeAsked) {
            throw new IllegalStateException("Tasklist is not there");
        }
        askedFor.add((PersonNeeded) event);
    }

    @Override
    public void close() {
        database.close();
    }
}
