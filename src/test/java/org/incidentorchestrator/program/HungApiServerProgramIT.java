package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.program.SilentProxy.Behaviour;
import org.incidentorchestrator.support.InTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty incidents, and an API server that accepts and does not answer: everything that does not need the cluster goes on
 * in time, and once it answers again, everything else does. A silence of ten minutes:
 *
 * <pre>{@code TEST_KUBECONFIG=… mvn verify -Dhang.for=PT10M -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=HungApiServerProgramIT -Dfailsafe.failIfNoSpecifiedTests=false}</pre>
 */
@InTime
class HungApiServerProgramIT {
    private static final int INCIDENTS = 50;
    private static final Duration SILENCE = Duration.parse(System.getProperty("hang.for", "PT65S"));
    private static final Duration SLOWNESS = Duration.ofSeconds(15);
    private static final Duration LATEST = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String DECIDE = "Decide on remedy";

    @TempDir
    Path folder;

    private final List<Long> acks = new ArrayList<>();
    private final List<Long> reads = new ArrayList<>();
    private final List<ProgramMemory> memory = new ArrayList<>();
    private final Instant began = Instant.now();
    private Program program;

    @Test
    void a_server_that_never_answers_holds_up_neither_alerts_nor_pages_nor_people() throws IOException {
        try (var proxy = SilentProxy.beforeNothing();
                var silenced = program(proxy.kubeconfig(folder.resolve("kubeconfig")), "a1-orchestrator")) {
            program = silenced.start();
            fire("a1-orchestrator");
            passes(SILENCE);

            Instant end = Instant.now();
            report("silence of " + SILENCE, end);
            assertPagesInTime(end);
            assertMemoryIsFlat();
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "TEST_KUBECONFIG",
            matches = ".+",
            disabledReason = "Silence and slowness of a real API server that then answers again; set TEST_KUBECONFIG to"
                    + " the kubeconfig of a disposable cluster whose certificate is good for 127.0.0.1")
    void a_server_that_answers_again_finds_everything_where_it_was_and_all_goes_on() throws IOException {
        String kubeconfig = System.getenv("TEST_KUBECONFIG");
        try (var namespace = TestNamespace.on(kubeconfig);
                var proxy = SilentProxy.before(kubeconfig);
                var hindered = program(proxy.kubeconfig(kubeconfig, folder.resolve("kubeconfig")), namespace.name())) {
            namespace.neverReady(workloads());
            program = hindered.start();
            proxy.becomes(Behaviour.SILENT);
            fire(namespace.name());
            passes(SILENCE);
            Instant silentUntil = Instant.now();
            proxy.becomes(Behaviour.SLOW);
            passes(SLOWNESS);
            proxy.becomes(Behaviour.PASSES);
            Instant back = Instant.now();
            Awaitility.await("all proposals").atMost(Duration.ofMinutes(3)).until(() -> decisions() == INCIDENTS);

            report(
                    "silence of %s, %s of slowness; all proposed %d s after"
                            .formatted(
                                    SILENCE,
                                    SLOWNESS,
                                    Duration.between(back, Instant.now()).toSeconds()),
                    silentUntil);
            assertPagesInTime(silentUntil);
            assertMemoryIsFlat();
            assertThat(program.api().text("admin", "/actuator/prometheus"))
                    .contains("incident_orchestrator_jobs_failed 0.0");
        }
    }

    private Program program(Path kubeconfig, String namespace) {
        return Program.in(folder.resolve("data"))
                .with("cluster.kubeconfig", kubeconfig)
                .with("cluster.namespaces", namespace)
                .with("retries.cluster", "2s,4s,8s")
                // Fifty that page each for itself, as long as it lasts: what is measured is many ladders, not one.
                .with("common-cause.silent-looks", 1_000_000)
                .with("escalation.response-times", "15s,15s,15s,10s")
                .with("escalation.everybody-again", "20s");
    }

    private static List<String> workloads() {
        return IntStream.range(0, INCIDENTS).mapToObj(i -> "service-" + i).toList();
    }

    private void fire(String namespace) throws IOException {
        for (String workload : workloads()) {
            post(namespace, workload);
        }
        Awaitility.await("the incidents")
                .atMost(Duration.ofSeconds(30))
                .until(() -> program.api().incidents(INCIDENTS + 1).size() == INCIDENTS);
        memory.add(ProgramMemory.of(program));
    }

    /** What the program holds is looked at every minute, and in the end. */
    private void passes(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(MINUTE)) {
            passesWatched(left.compareTo(MINUTE) < 0 ? left : MINUTE);
        }
    }

    /** Meanwhile alerts repeat, people read, and whoever watches the program scrapes it. */
    private void passesWatched(Duration time) {
        Instant until = Instant.now().plus(time);
        Awaitility.await("the end of " + time)
                .pollInterval(Duration.ofMillis(500))
                .atMost(time.plusMinutes(1))
                .until(() -> {
                    post("anywhere", "service-0");
                    read("/actuator/health/readiness");
                    read("/api/incidents?limit=50");
                    read("/actuator/prometheus");
                    return Instant.now().isAfter(until);
                });
        memory.add(ProgramMemory.of(program));
    }

    private void post(String namespace, String workload) throws IOException {
        long begin = System.nanoTime();
        assertThat(program.api().post(PagerMessage.of("firing", "ServiceDown", namespace, workload, began)))
                .isEqualTo(202);
        acks.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    private void read(String path) {
        long begin = System.nanoTime();
        assertThat(program.api().text("admin", path)).isNotEmpty();
        reads.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    private int decisions() {
        return (int) program.api().tasks(null).stream()
                .filter(task -> task.path("name").asText().equals(DECIDE))
                .count();
    }

    /**
     * Every incident was paged level by level, and in time what had to be done while the cluster was away. Once it is
     * back, all have their steps done at the same time, and how late a page is then is a matter of how much processor
     * there is: it is reported.
     */
    private void assertPagesInTime(Instant silentUntil) {
        for (JsonNode incident : program.api().incidents(INCIDENTS + 1)) {
            List<JsonNode> pages = pages(incident.path("id").asText());
            assertThat(pages)
                    .extracting(page -> page.path("details").path("level").asInt())
                    .startsWith(1, 2, 3, 4, 5);
        }
        Instant awayForAllItsTime = silentUntil.minus(LATEST);
        List<Long> late = late(page -> page.due().isBefore(awayForAllItsTime));
        assertThat(late).as("pages while the cluster was away").isNotEmpty();
        assertThat(at(late, 100))
                .as("the latest while the cluster was away: %s", spread(late))
                .isLessThanOrEqualTo(LATEST.toMillis());
    }

    private List<JsonNode> pages(String incident) {
        return program.api().timeline(incident).stream()
                .filter(entry -> entry.path("kind").asText().equals("paged"))
                .toList();
    }

    /** How much later than due a page was written. */
    private record Page(long lateMillis, Instant due) {}

    /** The latest last. */
    private List<Page> lateness() {
        return program.api().incidents(INCIDENTS + 1).stream()
                .flatMap(incident -> pages(incident.path("id").asText()).stream())
                .filter(page -> page.path("details").has("timerDueAt"))
                .map(this::page)
                .sorted(Comparator.comparing(Page::lateMillis))
                .toList();
    }

    private Page page(JsonNode page) {
        Instant due = Instant.parse(page.path("details").path("timerDueAt").asText());
        return new Page(
                Duration.between(due, Instant.parse(page.path("at").asText())).toMillis(), due);
    }

    private void assertMemoryIsFlat() {
        assertThat(memory.get(memory.size() - 1).live())
                .isLessThan(memory.get(0).live() * 1.25);
    }

    private void report(String what, Instant silentUntil) {
        acks.sort(null);
        reads.sort(null);
        System.out.printf(
                "%s: pages late in the silence by %s, afterwards by %s; acknowledged within %s, answered within %s;"
                        + " heap after collection/resident in MiB: %s%n",
                what,
                spread(late(page -> page.due().isBefore(silentUntil))),
                spread(late(page -> !page.due().isBefore(silentUntil))),
                spread(acks),
                spread(reads),
                memory);
    }

    private List<Long> late(Predicate<Page> which) {
        return lateness().stream().filter(which).map(Page::lateMillis).toList();
    }

    private static String spread(List<Long> sorted) {
        return sorted.isEmpty()
                ? "nothing"
                : "p50 %d, p90 %d, max %d ms (%d)"
                        .formatted(at(sorted, 50), at(sorted, 90), at(sorted, 100), sorted.size());
    }

    private static long at(List<Long> sorted, int percent) {
        return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }
}
