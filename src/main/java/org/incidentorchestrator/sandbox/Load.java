package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * More work than a workload's pods can do, shared evenly among them: what each uses of CPU and memory, and what an
 * autoscaler makes of it.
 *
 * @param since when it began
 * @param measured whether an autoscaler can see it
 */
record Load(Instant since, boolean measured) {
    /** As many pods bear it. */
    static final int PODS = 8;

    /** All of it, in nanocores. */
    private static final long CPU = 2_600_000_000L;
    /** What one container gets at most: nearly its limit of 500m. */
    private static final long CPU_OF_ONE = 480_000_000L;
    /** All of it, in KiB, beside what a pod needs anyway. */
    private static final long MEMORY = 660 * 1024;

    private static final long MEMORY_OF_ONE = 330 * 1024;

    static Optional<Load> on(World world, ObjectNode deployment) {
        return world.plays().stream()
                .filter(play ->
                        play.scenario() == Scenario.LOAD_IS_HIGH || play.scenario() == Scenario.AUTOSCALER_BLIND)
                .filter(play -> play.on(Key.of(deployment).target()))
                .findFirst()
                .map(play -> new Load(play.since(), play.scenario() == Scenario.LOAD_IS_HIGH));
    }

    static Optional<Load> onPod(World world, ObjectNode pod) {
        return Pods.deploymentOf(world, pod).flatMap(deployment -> on(world, deployment));
    }

    /** Nanocores that one of so many pods uses. */
    static long cpu(int pods) {
        return Math.min(CPU_OF_ONE, CPU / Math.max(1, pods));
    }

    /** KiB that one of so many pods uses beside what it needs anyway. */
    static long memory(int pods) {
        return Math.min(MEMORY_OF_ONE, MEMORY / Math.max(1, pods));
    }

    /** In percent of what the autoscaler aims at. */
    static int percentOf(int target, int pods) {
        return target * PODS / Math.max(1, pods);
    }
}
