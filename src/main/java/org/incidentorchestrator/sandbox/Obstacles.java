package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.incident.Target;

/**
 * What stands around a workload and takes changes back or forbids them: Argo CD that heals, KEDA that scales, a budget
 * that lets no pod go. They come with a scenario, and go with it.
 */
final class Obstacles {
    private static final String SOMEBODY = "kubectl";
    private static final String TRACKING_ID = "argocd.argoproj.io/tracking-id";
    private static final String ARGO_CD = "argocd";

    private Obstacles() {}

    /** @throws IllegalArgumentException when it has an autoscaler of its own, which KEDA would not bear */
    static void put(World world, Scenario scenario, Target workload, Instant now) {
        ObjectNode deployment = world.find(Key.of(workload)).orElseThrow();
        ApiServer server = new ApiServer(world, SOMEBODY, now);
        if (scenario == Scenario.KEDA_SCALES || scenario == Scenario.EVERYTHING_HOLDS) {
            refuseAutoscaled(world, workload);
            server.create(scaledObject(deployment));
            ScaledObjectController.settle(world, now);
        }
        if (scenario == Scenario.BUDGET_BLOCKS || scenario == Scenario.EVERYTHING_HOLDS) {
            budget(world, server, workload, Json.object("{'spec': {'minAvailable': '100%%'}}"));
        }
        if (scenario == Scenario.ARGO_CD_HEALS || scenario == Scenario.EVERYTHING_HOLDS) {
            Git.commit(world, workload.name(), List.of(deployment));
            server.create(application(workload.name()));
            server.patch(Key.of(workload), "", "", tracking("'" + trackingId(workload) + "'"));
        }
    }

    static void takeAway(World world, Play play, Instant now) {
        if (play.scenario().ofTheApiServer()) {
            return;
        }
        ApiServer server = new ApiServer(world, SOMEBODY, now);
        Target workload = new Target("Deployment", play.namespace(), play.workload());
        boolean all = play.scenario() == Scenario.EVERYTHING_HOLDS;
        if (all || play.scenario() == Scenario.ARGO_CD_HEALS) {
            Git.forget(world, play.workload());
            delete(world, server, new Key("Application", ARGO_CD, play.workload()));
            if (world.find(Key.of(workload)).isPresent()) {
                server.patch(Key.of(workload), "", "", tracking("null"));
            }
        }
        if (all || play.scenario() == Scenario.BUDGET_BLOCKS) {
            budget(world, server, workload, Json.object("{'spec': {'minAvailable': 1}}"));
        }
        if (all || play.scenario() == Scenario.KEDA_SCALES) {
            delete(world, server, new Key("ScaledObject", play.namespace(), play.workload()));
        }
    }

    private static void delete(World world, ApiServer server, Key key) {
        if (world.find(key).isPresent()) {
            server.delete(key);
        }
    }

    private static void refuseAutoscaled(World world, Target workload) {
        boolean autoscaled = world.all("HorizontalPodAutoscaler", workload.namespace()).stream()
                .anyMatch(autoscaler ->
                        autoscaler.at("/spec/scaleTargetRef/name").asText().equals(workload.name()));
        if (autoscaled) {
            throw new IllegalArgumentException("'" + workload.name() + "' has an autoscaler, and KEDA takes no workload"
                    + " that has one; play it on mcp-gateway, for example");
        }
    }

    private static void budget(World world, ApiServer server, Target workload, ObjectNode body) {
        Key budget = new Key("PodDisruptionBudget", workload.namespace(), workload.name());
        if (world.find(budget).isPresent()) {
            server.patch(budget, "", "", body);
        }
    }

    private static ObjectNode scaledObject(ObjectNode deployment) {
        return Json.object(
                """
                {'apiVersion': 'keda.sh/v1alpha1', 'kind': 'ScaledObject',
                 'metadata': {'name': '%1$s', 'namespace': '%2$s'},
                 'spec': {'scaleTargetRef': {'name': '%1$s'}, 'minReplicaCount': %3$d, 'maxReplicaCount': 6,
                  'triggers': [{'type': 'cpu', 'metadata': {'value': '75'}}]}}""",
                Pods.name(deployment),
                Pods.namespace(deployment),
                deployment.at("/spec/replicas").asInt(1));
    }

    private static ObjectNode application(String name) {
        return Json.object(
                """
                {'apiVersion': 'argoproj.io/v1alpha1', 'kind': 'Application',
                 'metadata': {'name': '%1$s', 'namespace': 'argocd'},
                 'spec': {'project': 'default',
                  'source': {'repoURL': 'https://git.example/platform.git', 'path': 'apps/%1$s', 'targetRevision': 'main'},
                  'destination': {'namespace': 'a1-orchestrator', 'server': 'https://kubernetes.default.svc'},
                  'syncPolicy': {'automated': {'prune': true, 'selfHeal': true}}}}""",
                name);
    }

    private static String trackingId(Target workload) {
        return workload.name() + ":apps/Deployment:" + workload.namespace() + "/" + workload.name();
    }

    /** @param value as JSON */
    private static ObjectNode tracking(String value) {
        return Json.object("{'metadata': {'annotations': {'%s': %s}}}", TRACKING_ID, value);
    }
}
