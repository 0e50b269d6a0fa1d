package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Quantity;
import org.incidentorchestrator.incident.Target;

/** What the scenarios being played do to pods, and what heals them. */
final class Scenarios {
    /** As many replicas heal {@link Scenario#CRASH_UNTIL_SCALED}. */
    static final int ENOUGH = 3;

    /** A memory limit that ends {@link Scenario#MEMORY_TOO_SMALL}. */
    static final String ROOMY = "1Gi";

    /** How long after the end of a rollout its bad pod shows. */
    static final Duration RELAPSES_IN = Duration.ofSeconds(12);

    /** The tags that the sandbox's image registry has; an image without a tag is there too. */
    private static final Pattern PULLABLE = Pattern.compile("latest|v?[0-9]+(\\.[0-9]+)*(-[a-z0-9.]+)?");

    private Scenarios() {}

    /** @throws IllegalArgumentException when there is no such deployment, or none is named where one has to be */
    static void play(World world, Scenario scenario, Optional<Target> workload, Instant now) {
        if (scenario == Scenario.HEALTHY_AGAIN) {
            world.plays().stream()
                    .filter(play -> workload.map(play::on).orElse(true))
                    .forEach(play -> takeAway(world, play, now));
            world.plays().removeIf(play -> workload.map(play::on).orElse(true));
        } else if (scenario.ofTheApiServer()) {
            world.plays().removeIf(play -> play.scenario().ofTheApiServer());
            world.plays().add(new Play(scenario, "", "", now, ""));
        } else {
            Target target = workload.orElseThrow(Scenarios::nameless);
            ObjectNode deployment = world.find(Key.of(target)).orElseThrow(() -> unknown(target));
            world.plays().stream().filter(play -> play.on(target)).forEach(play -> takeAway(world, play, now));
            world.plays().removeIf(play -> play.on(target));
            Obstacles.put(world, scenario, target, now);
            Mistakes.make(world, scenario, target, now);
            Releases.push(world, scenario, target, now);
            world.plays()
                    .add(new Play(scenario, target.namespace(), target.name(), now, mark(world, scenario, deployment)));
        }
    }

    private static void takeAway(World world, Play play, Instant now) {
        Obstacles.takeAway(world, play, now);
        Mistakes.mend(world, play, now);
        Releases.reset(world, play, now);
    }

    static IllegalArgumentException nameless() {
        return new IllegalArgumentException(
                "this scenario needs a workload to be played on: add \"workload\": \"mcp-gateway\", for example");
    }

    private static IllegalArgumentException unknown(Target target) {
        return new IllegalArgumentException("there is no deployment '" + target.name() + "' in namespace '"
                + target.namespace() + "' of the sandbox; GET /sandbox/world lists those that there are");
    }

    static boolean playing(World world, Scenario scenario) {
        return world.plays().stream().anyMatch(play -> play.scenario() == scenario);
    }

    /** Ends what is healed, and gives the bad pod of {@link Scenario#ONE_BAD_POD} a successor after a rollout. */
    static void settle(World world, Instant at) {
        for (Play play : List.copyOf(world.plays())) {
            if (!play.scenario().ofTheApiServer()) {
                Optional<ObjectNode> deployment = deployment(world, play);
                if (deployment.isEmpty() || healed(world, play, deployment.get())) {
                    world.plays().remove(play);
                } else if (relapse(world, play)
                        .filter(then -> !then.isAfter(at))
                        .isPresent()) {
                    Play again = play.marking(mark(world, play.scenario(), deployment.get()));
                    world.plays().set(world.plays().indexOf(play), again);
                }
            }
        }
    }

    /** When the next pod turns bad. */
    static Optional<Instant> next(World world) {
        return world.plays().stream()
                .flatMap(play -> relapse(world, play).stream())
                .filter(world.asOf()::isBefore)
                .min(Instant::compareTo);
    }

    /** A while after the rollout that went past the bad pod was complete. */
    private static Optional<Instant> relapse(World world, Play play) {
        if (play.scenario() != Scenario.ONE_BAD_POD || stayingPod(world, play).isPresent()) {
            return Optional.empty();
        }
        return deployment(world, play)
                .flatMap(RolloutStatus::completeSince)
                .map(complete -> complete.plus(RELAPSES_IN));
    }

    private static Optional<ObjectNode> deployment(World world, Play play) {
        return world.find(new Key("Deployment", play.namespace(), play.workload()));
    }

    /** Tells that somebody had a pod deleted, as opposed to a rollout that goes past it. */
    static void replaced(World world, Key pod) {
        world.plays()
                .removeIf(play -> play.scenario() == Scenario.ONE_BAD_POD
                        && play.namespace().equals(pod.namespace())
                        && play.mark().equals(pod.name()));
    }

    static Fate fateOf(World world, ObjectNode pod) {
        for (var container : pod.at("/spec/containers")) {
            if (!pullable(container.path("image").asText())) {
                return Fate.IMAGE_MISSING;
            }
        }
        Optional<ObjectNode> deployment = Pods.deploymentOf(world, pod);
        return world.plays().stream()
                .filter(play -> deployment.isPresent()
                        && play.on(Key.of(deployment.get()).target()))
                .map(play -> fateIn(play, pod))
                .filter(fate -> fate != Fate.HEALTHY)
                .findFirst()
                .orElse(Fate.HEALTHY);
    }

    /** Since when the pod keeps its connections open; empty when it closes them. */
    static Optional<Instant> leakingSince(World world, ObjectNode pod) {
        Optional<ObjectNode> deployment = Pods.deploymentOf(world, pod);
        return world.plays().stream()
                .filter(play -> play.scenario() == Scenario.CONNECTIONS_LEAK)
                .filter(play -> ReplicaSets.hashOf(pod).equals(play.mark()))
                .filter(play -> deployment.isPresent()
                        && play.on(Key.of(deployment.get()).target()))
                .map(Play::since)
                .findFirst();
    }

    /** Whether it waits for what it calls, before it answers. */
    static boolean waitsForOthers(World world, ObjectNode pod) {
        Optional<ObjectNode> deployment = Pods.deploymentOf(world, pod);
        return leakingSince(world, pod).isPresent()
                || world.plays().stream()
                        .filter(play -> play.scenario() == Scenario.DEPENDENCY_SLOW)
                        .anyMatch(play -> deployment.isPresent()
                                && play.on(Key.of(deployment.get()).target()));
    }

    private static boolean pullable(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        int colon = name.indexOf(':');
        return colon < 0
                || name.contains("@sha256:")
                || PULLABLE.matcher(name.substring(colon + 1)).matches();
    }

    private static Fate fateIn(Play play, ObjectNode pod) {
        Fate sick = Pods.probed(pod) ? Fate.SERVES_NOTHING : Fate.CRASHES;
        return switch (play.scenario()) {
            case CRASH_UNTIL_RESTARTED -> ReplicaSets.hashOf(pod).equals(play.mark()) ? Fate.CRASHES : Fate.HEALTHY;
            case CRASH_UNTIL_SCALED -> Fate.RUNS_OUT_OF_MEMORY;
            case ONE_BAD_POD -> Pods.name(pod).equals(play.mark()) ? sick : Fate.HEALTHY;
            case NEVER_HEALTHY -> sick;
            case MEMORY_LEAKS -> ReplicaSets.hashOf(pod).equals(play.mark()) ? Fate.LEAKS_MEMORY : Fate.HEALTHY;
            case MEMORY_TOO_SMALL -> cramped(pod) ? Fate.RUNS_OUT_OF_MEMORY : Fate.HEALTHY;
            case CONNECTIONS_LEAK,
                    LOAD_IS_HIGH,
                    AUTOSCALER_BLIND,
                    ARGO_CD_HEALS,
                    KEDA_SCALES,
                    BUDGET_BLOCKS,
                    EVERYTHING_HOLDS,
                    CERTIFICATE_EXPIRES,
                    CERTIFICATE_STAYS,
                    NO_ROOM,
                    CLAIM_UNBOUND,
                    SELECTOR_MISSES,
                    POLICY_DENIES,
                    DEPENDENCY_SLOW,
                    NEW_REVISION,
                    BROKEN_REVISION,
                    API_UNREACHABLE,
                    API_SLOW,
                    HEALTHY_AGAIN -> Fate.HEALTHY;
        };
    }

    private static boolean cramped(ObjectNode pod) {
        BigDecimal enough = Quantity.parse(ROOMY).orElseThrow().amount();
        return KubernetesObject.of(pod).items("/spec/containers").stream()
                .flatMap(container -> container.text("/resources/limits/memory").stream())
                .flatMap(limit -> Quantity.parse(limit).stream())
                .anyMatch(limit -> limit.amount().compareTo(enough) < 0);
    }

    private static boolean healed(World world, Play play, ObjectNode deployment) {
        return switch (play.scenario()) {
            case CRASH_UNTIL_RESTARTED, CONNECTIONS_LEAK, MEMORY_LEAKS ->
                new ReplicaSets(world, deployment).pods().stream().noneMatch(pod -> ReplicaSets.hashOf(pod)
                                .equals(play.mark()))
                        && !currentHash(world, deployment).equals(play.mark());
            case CRASH_UNTIL_SCALED -> deployment.at("/spec/replicas").asInt(1) >= ENOUGH;
            default -> false;
        };
    }

    private static String mark(World world, Scenario scenario, ObjectNode deployment) {
        return switch (scenario) {
            case CRASH_UNTIL_RESTARTED, CONNECTIONS_LEAK, MEMORY_LEAKS -> currentHash(world, deployment);
            case ONE_BAD_POD ->
                new ReplicaSets(world, deployment)
                        .current().stream()
                                .flatMap(set -> Pods.ownedBy(world, set, "Pod").stream())
                                .filter(Pods::staying)
                                .min(Comparator.comparing(Pods::born).thenComparing(Pods::name))
                                .map(Pods::name)
                                .orElse("");
            default -> "";
        };
    }

    private static Optional<ObjectNode> stayingPod(World world, Play play) {
        return world.find(new Key("Pod", play.namespace(), play.mark())).filter(Pods::staying);
    }

    private static String currentHash(World world, ObjectNode deployment) {
        return new ReplicaSets(world, deployment)
                .current()
                .map(ReplicaSets::hashOf)
                .orElse("");
    }

    /** @throws ClusterFailure UNREACHABLE */
    static void failWhenUnreachable(World world, String asked) {
        if (playing(world, Scenario.API_UNREACHABLE)) {
            throw new ClusterFailure(
                    ClusterFailure.Kind.UNREACHABLE,
                    "The API server of the sandbox did not answer '" + asked + "': the scenario '"
                            + Scenario.API_UNREACHABLE.word() + "' is being played. End it by POST /sandbox/scenarios"
                            + " {\"scenario\": \"" + Scenario.HEALTHY_AGAIN.word() + "\"}.");
        }
    }
}
