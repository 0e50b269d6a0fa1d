package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program is killed (SIGKILL) at every named point of an alert's journey, and at random moments of a storm;
 * each time it is started again on what the kill left and goes on to the end. Two programs at once, each in a folder of
 * its own: a start is mostly waiting for one core.
 *
 * <p>{@code -Dkill.rounds=200} kills 200 times: the points first, then at random moments. {@code -Dkill.seed} repeats them.
 */
class KillProgramIT {
    private static final int POINTS = KillPoint.ALL.size();
    private static final int LANES = 2;
    private static final List<String> WORKLOADS =
            List.of("mcp-gateway", "mcp-config", "mcp-tracehub", "mcp-policy-proxy");

    @TempDir
    Path folder;

    @Test
    void wherever_it_is_killed_nothing_is_lost_and_nothing_is_done_twice() throws Exception {
        int rounds = Integer.getInteger("kill.rounds", POINTS + LANES);
        long seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.printf(
                "kills: %d, at %d points and the rest at random moments of -Dkill.seed=%d%n", rounds, POINTS, seed);
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        List<Future<Integer>> kills = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            kills.add(lanes.submit(lane(lane, (rounds - POINTS) / LANES, new Random(seed + lane))));
        }
        lanes.shutdown();
        int all = 0;
        for (Future<Integer> each : kills) {
            all += each.get();
        }
        assertThat(all).isGreaterThanOrEqualTo(POINTS);
    }

    private Callable<Integer> lane(int lane, int storms, Random random) {
        return () -> {
            try (var program = KilledProgram.in(folder.resolve("lane-" + lane), "program " + (lane + 1))) {
                program.start();
                List<List<KillPoint>> journeys = KillPoint.journeys();
                for (int journey = lane; journey < journeys.size(); journey += LANES) {
                    KilledJourney.run(
                            program, WORKLOADS.get(journey / LANES % WORKLOADS.size()), journeys.get(journey));
                }
                for (int storm = 1; storm <= storms; storm++) {
                    KilledStorm.run(program, "storm-" + lane + "-" + storm, random);
                }
                program.assertNothingIsLeftOpen();
                return program.kills();
            }
        };
    }
}
