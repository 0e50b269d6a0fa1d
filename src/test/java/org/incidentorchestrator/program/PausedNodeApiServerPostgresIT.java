package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** A program, and how to hold its threads. */
    private record Node(Program program, Breakpoints points) {}

    private static List<Node> nodes;

    @BeforeAll
    static void start() {
        String kubeconfig = System.getenv("TEST_KUBECONFIG");
        audit = new AuditLog(Path.of(System.getenv("TEST_AUDIT_LOG")));
        namespace = TestNamespace.on(kubeconfig);
        programs = new TwoPrograms(folder)
                .with("cluster.kubeconfig", kubeconfig)
                .with("cluster.namespaces", namespace.name())
                .with("step.mode", "EXECUTE")
                .with("camunda.bpm.job-execution.lock-time-in-millis", "5000")
                .with("recovery.hold", "2s")
                .with("wait.recovery-poll", "1s")
                .with("wait.rollout-poll", "1s");
        List<Integer> ports = List.of(Breakpoints.freePort(), Breakpoints.freePort());
        programs.one.jvm(Breakpoints.option(ports.get(0)));
        programs.two.jvm(Breakpoints.option(ports.get(1)));
        programs.start();
        nodes = List.of(
                new Node(programs.one, Breakpoints.in(ports.get(0))),
                new Node(programs.two, Breakpoints.in(ports.get(1))));
    }

    @AfterAll
    static void end() {
        if (nodes != null) {
            nodes.forEach(node -> node.points().close());
        }
        programs.close();
        namespace.close();
    }

    @Test
    void what_a_paused_node_was_about_to_do_is_done_once() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            round(round, nodes.get(round % 2), nodes.get(1 - round % 2));
        }
        assertThat(programs.jdbc
                        .sql("select incident_msg_ from act_ru_incident")
                        .query(String.class)
                        .list())
                .as("jobs that have given up")
                .isEmpty();
        assertThat(programs.jdbc
                        .sql("select summary from evidence where kind = 'PERSON_NEEDED'")
                        .query(String.class)
                        .list())
                .as("what a person was asked")
                .isEmpty();
    }

    private void round(int round, Node victim, Node peer) throws IOException {
        List<String> workloads = IntStream.range(0, WORKLOADS)
                .mapToObj(number -> "round-" + round + "-" + number)
                .toList();
        workloads.parallelStream().forEach(namespace::crashesUntilRestarted);

        overtake(
                victim,
                peer,
                Stream.of("StepRecord.looked", "StepRecord.proposed"),
                () -> workloads.forEach(workload -> fires(victim, workload)),
                () -> decisions(workloads).size() == WORKLOADS);
        overtake(
                victim,
                peer,
                Stream.of("StepIntents.write", "StepRunner.send", "Ledger.settle"),
                () -> decisions(workloads).forEach(decision -> apply(victim, decision)),
                () -> applied(workloads) == WORKLOADS);

        TwoPrograms.await("the closing", PATIENCE, () -> closed(workloads) == WORKLOADS);
        for (String workload : workloads) {
            assertThat(audit.answers(namespace.name(), workload))
                    .as("changes of %s", workload)
                    .containsOnlyOnce(200);
            assertThat(namespace.deployment(workload).number("/metadata/generation", 0))
                    .isEqualTo(2);
        }
        assertThat(applied(workloads)).isEqualTo(WORKLOADS);
    }

    /**
     * The victim stands still at each of these points of package step, the peer being paused until it does; then the whole
     * victim is, until the peer has done the rest; then it goes on.
     */
    private static void overtake(
            Node victim, Node peer, Stream<String> points, Runnable cause, Callable<Boolean> done) {
        List<Stop> stops = points.map(point -> victim.points()
                        .once(
                                "step." + point.substring(0, point.indexOf('.')),
                                point.substring(point.indexOf('.') + 1)))
                .toList();
        programs.pauseWithoutRows(peer.program());
        cause.run();
        TwoPrograms.await("threads at " + stops, PATIENCE, () -> stops.stream().allMatch(Stop::reached));
        programs.pauseWithoutRows(victim.program());
        long paused = System.nanoTime();
        peer.program().resume();
        TwoPrograms.await(
                "the other node to do it", PATIENCE, () -> System.nanoTime() - paused > PAUSE.toNanos() && done.call());
        victim.program().resume();
        stops.forEach(Stop::goOn);
    }

    private static void fires(Node node, String workload) {
        try {
            assertThat(node.program()
                            .api()
                            .post(PagerMessage.of(
                                    "firing", "ServiceDown", namespace.name(), workload, java.time.Instant.now())))
                    .isEqualTo(202);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<JsonNode> decisions(List<String> workloads) {
        List<JsonNode> open = new ArrayList<>();
        for (String id : programs.jdbc
                .sql("select t.id_ from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_"
                        + " join incident i on 'INC-' || i.number = e.business_key_"
                        + " where t.name_ = 'Decide on remedy' and i.workload in (:workloads)")
                .param("workloads", workloads)
                .query(String.class)
                .list()) {
            open.add(com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                    .objectNode()
                    .put("id", id));
        }
        return open;
    }

    private static void apply(Node node, JsonNode decision) {
        node.program().api().complete("responder", decision, Map.of("decision", "apply", "decisionNote", ""));
    }

    private static long applied(List<String> workloads) {
        return count(
                "select count(*) from step_ledger l join incident i on i.number = l.incident where l.effect is not null"
                        + " and l.state in ('APPLIED', 'APPLIED_RECOVERED') and i.workload in (:workloads)",
                workloads);
    }

    private static long closed(List<String> workloads) {
        return count(
                "select count(*) from incident i where closed_at is not null and i.workload in (:workloads)",
                workloads);
    }

    private static long count(String sql, List<String> workloads) {
        return programs.jdbc
                .sql(sql)
                .param("workloads", workloads)
                .query(Long.class)
                .single();
    }
}
