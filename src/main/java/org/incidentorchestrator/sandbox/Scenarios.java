package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.incidentorchestrator.cluster.ClusterFailure;

/** What the scenarios being played do to pods, and what heals them. */
final class Scenarios {
    /** As many replicas heal {@link Scenario#CRASH_UNTIL_SCALED}. */
    static final int ENOUGH = 3;

    /** The sandbox's image registry has every image whose tag is a version, or {@code latest}. */
    private static final Pattern PULLABLE = Pattern.compile(
            "[a-z0-9./_-]+(:[0-9]+/[a-z0-9./_-]+)?(:(latest|v?[0-9]+(\\.[0-9]+)*(-[a-z0-9.]+)?))?(@sha256:[0-9a-f]{64})?");

    private Scenarios() {}

    /** @throws IllegalArgumentException when there is no such deployment */
    static void play(World world, Scenario scenario, String namespace, String workload, Instant now) {
        if (scenario == Scenario.HEALTHY_AGAIN) {
            world.plays().removeIf(play -> workload.isEmpty() || play.on(namespace, workload));
            return;
        }
        world.plays()
                .removeIf(play ->
                        scenario.ofTheApiServer() ? play.scenario().ofTheApiServer() : play.on(namespace, workload));
        if (scenario.ofTheApiServer()) {
            world.plays().add(new Play(scenario, "", "", now, ""));
        } else {
            ObjectNode deployment = world.find(new Key("Deployment", namespace, workload))
                    .orElseThrow(() -> new IllegalArgumentException("there is no deployment '" + workload
                            + "' in namespace '" + namespace + "' of the sandbox; GET /sandbox/world lists them"));
            world.plays().add(new Play(scenario, namespace, workload, now, mark(world, scenario, deployment)));
        }
    }

    static boolean playing(World world, Scenario scenario) {
        return world.plays().stream().anyMatch(play -> play.scenario() == scenario);
    }

    /** Ends what is healed, and lets the bad one of {@link Scenario#ONE_BAD_POD} have a successor in a rollout. */
    static void settle(World world, Instant at) {
        for (Play play : List.copyOf(world.plays())) {
            Optional<ObjectNode> deployment = world.find(new Key("Deployment", play.namespace(), play.workload()));
            if (!play.scenario().ofTheApiServer()
                    && deployment.map(it -> healed(world, play, it)).orElse(true)) {
                world.plays().remove(play);
            } else if (play.scenario() == Scenario.ONE_BAD_POD
                    && stayingPod(world, play).isEmpty()) {
                world.plays()
                        .set(world.plays().indexOf(play), play.marking(mark(world, play.scenario(), deployment.get())));
            }
        }
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
            if (!PULLABLE.matcher(container.path("image").asText()).matches()) {
                return Fate.IMAGE_MISSING;
            }
        }
        Optional<ObjectNode> deployment = Pods.deploymentOf(world, pod);
        return world.plays().stream()
                .filter(play -> deployment.isPresent() && play.on(Pods.namespace(pod), Pods.name(deployment.get())))
                .map(play -> fateIn(play, pod))
                .filter(fate -> fate != Fate.HEALTHY)
                .findFirst()
                .orElse(Fate.HEALTHY);
    }

    private static Fate fateIn(Play play, ObjectNode pod) {
        Fate sick = Pods.probed(pod) ? Fate.SERVES_NOTHING : Fate.CRASHES;
        return switch (play.scenario()) {
            case CRASH_UNTIL_RESTARTED -> hashOf(pod).equals(play.mark()) ? Fate.CRASHES : Fate.HEALTHY;
            case CRASH_UNTIL_SCALED -> Fate.RUNS_OUT_OF_MEMORY;
            case ONE_BAD_POD -> Pods.name(pod).equals(play.mark()) ? sick : Fate.HEALTHY;
            case NEVER_HEALTHY -> sick;
            case API_UNREACHABLE, API_SLOW, HEALTHY_AGAIN -> Fate.HEALTHY;
        };
    }

    private static boolean healed(World world, Play play, ObjectNode deployment) {
        return switch (play.scenario()) {
            case CRASH_UNTIL_RESTARTED ->
                Pods.ownedBy(world, deployment, "ReplicaSet").stream()
                                .flatMap(set -> Pods.ownedBy(world, set, "Pod").stream())
                                .noneMatch(pod -> hashOf(pod).equals(play.mark()))
                        && !currentHash(world, deployment).equals(play.mark());
            case CRASH_UNTIL_SCALED -> deployment.at("/spec/replicas").asInt(1) >= ENOUGH;
            default -> false;
        };
    }

    private static String mark(World world, Scenario scenario, ObjectNode deployment) {
        return switch (scenario) {
            case CRASH_UNTIL_RESTARTED -> currentHash(world, deployment);
            case ONE_BAD_POD ->
                DeploymentController.current(world, deployment).stream()
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
        return DeploymentController.current(world, deployment)
                .map(Scenarios::hashOf)
                .orElse("");
    }

    private static String hashOf(ObjectNode object) {
        return object.at("/metadata/labels/" + DeploymentController.HASH).asText();
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
