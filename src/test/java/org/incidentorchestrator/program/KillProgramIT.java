package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
 * <p>By itself it kills at some of the points, chosen at random. {@code -Dkill.rounds=24}, as CI does, kills at each of
 * them; {@code -Dkill.rounds=200} then goes on at random moments. {@code -Dkill.seed} repeats what was chosen.
 */
class KillProgramIT {
    private static final int POINTS = KillPoint.ALL.size();
    private static final int LANES = 2;
    private static final int SOME = 8;
    private static final List<String> WORKLOADS =
            List.of("mcp-gateway", "mcp-config", "mcp-tracehub", "mcp-policy-proxy");

    @TempDir
    Path folder;

    @Test
    void wherever_it_is_killed_nothing_is_lost_and_nothing_is_done_twice() throws Exception {
        int rounds = Integer.getInteger("kill.rounds", SOME);
        long seed = Long.getLong("kill.seed", System.nanoTime());
        List<List<KillPoint>> journeys = journeys(rounds, new Random(seed));
        System.out.printf(
                "kills: %d or a few more, at the points of %d journeys, and beyond %d at random moments of -Dkill.seed=%d%n",
                rounds, journeys.size(), POINTS, seed);
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        List<Future<Integer>> kills = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            kills.add(
                    lanes.submit(lane(lane, journeys, Math.max(0, rounds - POINTS) / LANES, new Random(seed + lane))));
        }
        lanes.shutdown();
        int all = 0;
        for (Future<Integer> each : kills) {
            all += each.get();
        }
        assertThat(all).isGreaterThanOrEqualTo(rounds - LANES);
    }

    /** All of them, or as many as have so many points. */
    private static List<List<KillPoint>> journeys(int rounds, Random random) {
        List<List<KillPoint>> all = new ArrayList<>(KillPoint.journeys());
        if (rounds >= POINTS) {
            return all;
        }
        Collections.shuffle(all, random);
        List<List<KillPoint>> some = new ArrayList<>();
        for (int points = 0;
                points < rounds;
                points += some.get(some.size() - 1).size()) {
            some.add(all.get(some.size()));
        }
        return some;
    }

    private Callable<Integer> lane(int lane, List<List<KillPoint>> journeys, int storms, Random random) {
        return () -> {
            try (var program = KilledProgram.in(folder.resolve("lane-" + lane), "program " + (lane + 1))) {
                program.start();
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
