package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.AuditLog;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.program.Breakpoints.Stop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two programs on one database and one real API server, with job locks of 5 s. In turn each of them is stopped for 8 s in
 * the middle of its calls, while the other takes its jobs over, and then goes on with what it was about to do. The API
 * server's own record says how often each object was changed. {@code -Dpaused.rounds=20} makes a long night of it.
 */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "Two nodes of which one is paused, on a real API server; set TEST_KUBECONFIG to the kubeconfig of"
                        + " a disposable cluster whose kubelets are played by kwok")
@EnabledIfEnvironmentVariable(
        named = "TEST_AUDIT_LOG",
        matches = ".+",
        disabledReason =
                "Two nodes of which one is paused, counted by the API server; set TEST_AUDIT_LOG to the path of"
                        + " its audit log (JSON lines, level Metadata or more)")
class PausedNodeApiServerPostgresIT {
    private static final int ROUNDS = Integer.getInteger("paused.rounds", 2);
    private static final int WORKLOADS = 4;
    private static final Duration PAUSE = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static TestNamespace namespace;
    private static TwoPrograms programs;
    private static AuditLog audit;

    @BeforeAll
    static void start() {
        String kubeconfig = System.getenv("TEST_KUBECONFIG");
        audit = AuditLog.named().orElseThrow();
        namespace = TestNamespace.on(kubeconfig);
        programs = new TwoPrograms(folder)
                .with("cluster.kubeconfig", kubeconfig)
                .with("cluster.namespaces", namespace.name())
                .with("step.mode", "EXECUTE")
                .with("camunda.bpm.job-execution.lock-time-in-millis", "5000")
                .with("recovery.hold", "2s")
                .with("wait.recovery-poll", "1s")
                .with("wait.rollout-poll", "1s");
        programs.both().forEach(Breakpoints::allowIn);
        programs.start();
    }

    @AfterAll
    static void end() {
        programs.close();
        namespace.close();
    }

    @Test
    void what_a_paused_node_was_about_to_do_is_done_once() {
        for (int round = 0; round < ROUNDS; round++) {
            RestartJourney journey = journey("round-" + round);
            Program victim = programs.both().get(round % 2);
            Program peer = programs.both().get(1 - round % 2);

            overtake(
                    victim,
                    peer,
                    Stream.of("StepRecord.looked", "StepRecord.proposed"),
                    () -> journey.fire(victim),
                    journey::allProposed);
            overtake(
                    victim,
                    peer,
                    Stream.of("StepIntents.write", "StepRunner.send", "Ledger.settle"),
                    () -> journey.applyAll(victim),
                    journey::allApplied);

            TwoPrograms.await("the closing", PATIENCE, journey::allClosed);
            journey.eachWasChangedOnce();
            assertThat(journey.refusedLate())
                    .as("the change that was about to be sent, once the other node had sent it")
                    .isEqualTo(1);
        }
        nobodyWasNeeded();
    }

    @Test
    void what_both_hear_of_and_one_is_killed_over_is_done_once() {
        RestartJourney journey = journey("killed");
        programs.both().forEach(journey::fire);
        TwoPrograms.await("the proposals", PATIENCE, journey::allProposed);

        try (Breakpoints points = Breakpoints.in(programs.one)) {
            Stop sends = points.once("step.StepRunner", "send");
            programs.pauseWithoutRows(programs.two);
            journey.applyAll(programs.one);
            TwoPrograms.await("a change that is about to be sent", PATIENCE, sends::reached);
            programs.one.kill();
        }
        programs.two.resume();

        TwoPrograms.await("the closing", PATIENCE, journey::allClosed);
        journey.eachWasChangedOnce();
        nobodyWasNeeded();
        programs.one.start();
    }

    /**
     * Threads of the victim stand still at each of these points of package step, the peer being paused until they do; then
     * the whole victim is, until the peer has done the rest; then it goes on.
     */
    private static void overtake(
            Program victim, Program peer, Stream<String> points, Runnable cause, Callable<Boolean> done) {
        try (Breakpoints threads = Breakpoints.in(victim)) {
            List<Stop> stops = points.map(point -> threads.once(
                            "step." + point.substring(0, point.indexOf('.')), point.substring(point.indexOf('.') + 1)))
                    .toList();
            programs.pauseWithoutRows(peer);
            cause.run();
            TwoPrograms.await(
                    "threads at " + stops, PATIENCE, () -> stops.stream().allMatch(Stop::reached));
            programs.pauseWithoutRows(victim);
            long paused = System.nanoTime();
            peer.resume();
            TwoPrograms.await(
                    "the other node to do it",
                    PATIENCE,
                    () -> System.nanoTime() - paused > PAUSE.toNanos() && done.call());
            victim.resume();
        }
    }

    private static RestartJourney journey(String name) {
        return new RestartJourney(
                programs,
                namespace,
                audit,
                IntStream.range(0, WORKLOADS)
                        .mapToObj(number -> name + "-" + number)
                        .toList());
    }

    private static void nobodyWasNeeded() {
        assertThat(programs.texts("select incident_msg_ from act_ru_incident"))
                .as("jobs that have given up")
                .isEmpty();
        assertThat(programs.texts("select summary from evidence where kind = 'PERSON_NEEDED'"))
                .as("what a person was asked")
                .isEmpty();
    }
}
