package org.incidentorchestrator.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What follows from what is stored. Time passes in steps, from each moment at which something happens to the next, so
 * that the world is the same however often or seldom somebody looks.
 */
final class Controllers {
    /** After a longer absence only this last stretch is lived through in steps. */
    static final Duration LIVED_THROUGH = Duration.ofHours(1);

    private static final int ROUNDS = 50;

    private Controllers() {}

    /** Lets the world live until now. @return whether anything happened */
    static boolean advance(World world, Instant now) {
        long before = world.version();
        if (world.asOf().isBefore(now.minus(LIVED_THROUGH))) {
            settle(world, Json.second(now.minus(LIVED_THROUGH)));
        }
        for (Optional<Instant> next = next(world);
                next.isPresent() && !next.get().isAfter(now);
                next = next(world)) {
            settle(world, next.get());
        }
        return world.version() != before;
    }

    /** Draws all conclusions from the world as it is at that moment. */
    static void settle(World world, Instant at) {
        world.reach(at);
        long before = -1;
        for (int round = 0; before != world.version(); round++) {
            before = world.version();
            pass(world, at);
            if (round > ROUNDS) {
                throw new IllegalStateException("the controllers of the sandbox do not come to rest at " + at);
            }
        }
    }

    /** When something will happen by itself. */
    private static Optional<Instant> next(World world) {
        return world.next(() -> ask(world));
    }

    private static Optional<Instant> ask(World world) {
        return Stream.of(
                        world.all("Pod").stream().flatMap(pod -> PodController.next(world, pod).stream()),
                        world.all("Deployment").stream()
                                .flatMap(deployment -> RolloutStatus.deadline(deployment).stream()),
                        Scenarios.next(world).stream(),
                        AutoscalerController.next(world),
                        ScaledObjectController.next(world),
                        ApplicationController.next(world),
                        ExternalSecretController.next(world),
                        CronJobController.next(world))
                .flatMap(moments -> moments)
                .filter(world.asOf()::isBefore)
                .min(Instant::compareTo);
    }

    private static void pass(World world, Instant at) {
        Scenarios.settle(world, at);
        Scheduler.settle(world, at);
        PodController.settle(world, at);
        world.all("Deployment").forEach(deployment -> new DeploymentController(world, deployment, at).settle());
        world.all("ReplicaSet").forEach(set -> new ReplicaSetController(world, set, at).settle());
        world.all("Deployment").forEach(deployment -> RolloutStatus.settle(world, deployment, at));
        ServiceController.settle(world, at);
        BudgetController.settle(world, at);
        ClaimController.settle(world, at);
        Quotas.settle(world, at);
        ScaledObjectController.settle(world, at);
        AutoscalerController.settle(world, at);
        ApplicationController.settle(world, at);
        ExternalSecretController.settle(world, at);
        ConstraintController.settle(world, at);
        CronJobController.settle(world, at);
        EventLog.forgetOld(world, at);
    }
}
