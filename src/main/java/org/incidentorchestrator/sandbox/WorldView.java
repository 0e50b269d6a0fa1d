package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;

/**
 * The world in short.
 *
 * @param changes how many changes the program has made since the world began
 * @param latest the latest of them, oldest first
 */
record WorldView(
        Instant asOf,
        List<Workload> workloads,
        List<Playing> playing,
        List<Firing> alerts,
        long changes,
        List<EffectiveWrite> latest) {
    private static final int LATEST = 50;

    /** @param replicas wanted; @param mayGo how many pods the disruption budgets let go, -1 without a budget */
    record Workload(
            String namespace,
            String name,
            String image,
            int replicas,
            int ready,
            boolean paused,
            int mayGo,
            List<Pod> pods) {}

    /** @param status as kubectl's STATUS column has it */
    record Pod(String name, String status, boolean ready, int restarts, Instant created) {}

    record Playing(Scenario scenario, String namespace, String workload, Instant since) {
        static Playing of(Play play) {
            return new Playing(play.scenario(), play.namespace(), play.workload(), play.since());
        }
    }

    record Firing(String namespace, String workload, Instant since) {}

    static WorldView of(World world, Instant now) {
        List<EffectiveWrite> writes = world.writes();
        return new WorldView(
                now,
                world.all("Deployment").stream()
                        .map(deployment -> workload(world, deployment))
                        .toList(),
                world.plays().stream().map(Playing::of).toList(),
                world.alerts().stream()
                        .map(alert -> new Firing(alert.namespace(), alert.workload(), alert.since()))
                        .toList(),
                world.effectiveWrites(),
                writes.subList(Math.max(0, writes.size() - LATEST), writes.size()));
    }

    private static Workload workload(World world, ObjectNode deployment) {
        List<Pod> pods = new ReplicaSets(world, deployment)
                .pods().stream().map(WorldView::pod).toList();
        return new Workload(
                Pods.namespace(deployment),
                Pods.name(deployment),
                deployment.at("/spec/template/spec/containers/0/image").asText(),
                deployment.at("/spec/replicas").asInt(1),
                deployment.at("/status/readyReplicas").asInt(),
                DeploymentController.paused(deployment),
                mayGo(world, deployment),
                pods);
    }

    private static Pod pod(JsonNode pod) {
        PodView view = PodView.of(KubernetesObject.of(pod));
        return new Pod(view.name(), view.status(), view.ready(), view.restarts(), Pods.born(pod));
    }

    private static int mayGo(World world, ObjectNode deployment) {
        return world.all("PodDisruptionBudget", Pods.namespace(deployment)).stream()
                .filter(budget ->
                        budget.at("/spec/selector/matchLabels").equals(deployment.at("/spec/selector/matchLabels")))
                .mapToInt(budget -> budget.at("/status/disruptionsAllowed").asInt())
                .min()
                .orElse(-1);
    }
}
