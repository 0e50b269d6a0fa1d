package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Many alerts at once, of which the program knows nothing, while people end the incidents that they became; killed in
 * the middle of it, or of the start that follows.
 */
final class KilledStorm {
    private static final int ALERTS = 40;
    private static final int SENDERS = 4;
    private static final int LONGEST = 1500;

    private final KilledProgram program;
    private final String name;
    private final Random random;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = new HashSet<>();

    private KilledStorm(KilledProgram program, String name, Random random) {
        this.program = program;
        this.name = name;
        this.random = random;
    }

    /** @param name of the storm; its alerts are told from others by it */
    static void run(KilledProgram program, String name, Random random) throws IOException {
        new KilledStorm(program, name, random).run();
    }

    private void run() throws IOException {
        int moment = random.nextInt(LONGEST);
        ExecutorService world = Executors.newFixedThreadPool(SENDERS + 1);
        var next = new AtomicInteger();
        for (int sender = 0; sender < SENDERS; sender++) {
            world.execute(() -> send(next));
        }
        world.execute(this::endIncidents);
        KilledProgram.pause(moment);
        program.kill();
        join(world);
        String how = "killed %d ms into a storm, %d of %d alerts acknowledged"
                .formatted(moment, acknowledged.size(), ALERTS);
        if (random.nextInt(4) == 0) {
            int during = 500 + random.nextInt(8000);
            program.killWhileStarting(during);
            how += ", and %d ms into the start".formatted(during);
        }
        program.startAgain(how);
        assertAllAcknowledgedAreIncidents();
        endIncidents();
    }

    private void send(AtomicInteger next) {
        try {
            for (int alert = next.getAndIncrement(); alert < ALERTS; alert = next.getAndIncrement()) {
                String workload = name + "-" + alert;
                String message = PagerMessage.of("firing", "KillTest", "a1-orchestrator", workload, Instant.now());
                if (program.api().post(message) == 202) {
                    acknowledged.add(workload);
                }
            }
        } catch (IOException killed) {
            // Not acknowledged: the pager sends it again some day.
        }
    }

    /** Every incident of this storm that is open, by its task. */
    private void endIncidents() {
        try {
            for (JsonNode task : program.api().tasks(null)) {
                if (task.path("name").asText().equals("Respond to incident")) {
                    program.api().claim("responder", task);
                    program.api().complete("responder", task, Map.of("action", "notAnIncident", "reason", name));
                    ended.add(task.path("id").asText());
                }
            }
        } catch (UncheckedIOException killed) {
            // The task is there after the start, or it was completed.
        }
    }

    private void assertAllAcknowledgedAreIncidents() {
        Awaitility.await("incidents of all that was acknowledged in " + name)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(workloads()).containsAll(acknowledged));
        assertThat(program.api().tasks(null).stream()
                        .map(task -> task.path("id").asText()))
                .as("tasks whose completion was answered")
                .noneMatch(ended::contains);
    }

    private Set<String> workloads() {
        Set<String> workloads = new HashSet<>();
        Set<String> open = new HashSet<>();
        for (JsonNode incident : program.api().incidents(200)) {
            String workload = incident.path("workload").asText();
            workloads.add(workload);
            if (incident.path("state").asText().equals("open")) {
                assertThat(open.add(workload))
                        .as("one incident is open for %s", workload)
                        .isTrue();
            }
        }
        return workloads;
    }

    private static void join(ExecutorService world) {
        world.shutdown();
        try {
            assertThat(world.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
