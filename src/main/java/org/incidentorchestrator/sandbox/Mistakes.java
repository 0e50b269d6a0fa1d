package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.incidentorchestrator.incident.Target;

/** What somebody with kubectl has set wrongly about a workload or around it. It comes with a scenario, and goes with it. */
final class Mistakes {
    private static final String SOMEBODY = "kubectl";

    private final World world;
    private final ApiServer server;
    private final Target workload;

    private Mistakes(World world, Target workload, Instant now) {
        this.world = world;
        this.server = new ApiServer(world, SOMEBODY, now);
        this.workload = workload;
    }

    static void make(World world, Scenario scenario, Target workload, Instant now) {
        Mistakes mistakes = new Mistakes(world, workload, now);
        switch (scenario) {
            case NO_ROOM -> mistakes.cpu("64", "64");
            case CLAIM_UNBOUND -> mistakes.mount();
            case SELECTOR_MISSES -> mistakes.select(workload.name() + "-v2");
            case POLICY_DENIES -> mistakes.deny();
            case CERTIFICATE_EXPIRES -> ExpiringCertificate.put(world, workload, now);
            default -> {
                // Nobody has made one.
            }
        }
    }

    static void mend(World world, Play play, Instant now) {
        if (play.scenario().ofTheApiServer()) {
            return;
        }
        Target workload = new Target("Deployment", play.namespace(), play.workload());
        Mistakes mistakes = new Mistakes(world, workload, now);
        switch (play.scenario()) {
            case NO_ROOM -> mistakes.cpu("100m", "500m");
            case CLAIM_UNBOUND -> mistakes.unmount();
            case SELECTOR_MISSES -> mistakes.select(workload.name());
            case CERTIFICATE_EXPIRES -> ExpiringCertificate.takeAway(world, workload, now);
            case POLICY_DENIES -> mistakes.delete("NetworkPolicy", workload.name() + "-deny-all");
            default -> {
                // Nobody had made one.
            }
        }
    }

    private void cpu(String request, String limit) {
        patch(
                Key.of(workload),
                """
                {'spec': {'template': {'spec': {'containers': [{'name': '%1$s',
                 'resources': {'requests': {'cpu': '%2$s'}, 'limits': {'cpu': '%3$s'}}}]}}}}""",
                workload.name(),
                request,
                limit);
    }

    private void mount() {
        server.create(Json.object(
                """
                {'apiVersion': 'v1', 'kind': 'PersistentVolumeClaim',
                 'metadata': {'name': '%1$s-data', 'namespace': '%2$s'},
                 'spec': {'accessModes': ['ReadWriteOnce'], 'storageClassName': 'fast',
                  'resources': {'requests': {'storage': '1Gi'}}}}""",
                workload.name(), workload.namespace()));
        patch(
                Key.of(workload),
                "{'spec': {'template': {'spec': {'volumes': [{'name': 'data',"
                        + " 'persistentVolumeClaim': {'claimName': '%s-data'}}]}}}}",
                workload.name());
    }

    private void unmount() {
        patch(
                Key.of(workload),
                "{'spec': {'template': {'spec': {'volumes': [{'name': 'data', '$patch': 'delete'}]}}}}");
        delete("PersistentVolumeClaim", workload.name() + "-data");
    }

    private void select(String app) {
        patch(new Key("Service", workload.namespace(), workload.name()), "{'spec': {'selector': {'app': '%s'}}}", app);
    }

    private void deny() {
        server.create(Json.object(
                """
                {'apiVersion': 'networking.k8s.io/v1', 'kind': 'NetworkPolicy',
                 'metadata': {'name': '%1$s-deny-all', 'namespace': '%2$s'},
                 'spec': {'podSelector': {'matchLabels': {'app': '%1$s'}}, 'policyTypes': ['Ingress']}}""",
                workload.name(), workload.namespace()));
    }

    /** What is not there any more needs no mending. */
    private void patch(Key key, String body, Object... values) {
        if (world.find(key).isPresent()) {
            ObjectNode patch = Json.object(body, values);
            server.patch(key, "", "", patch);
        }
    }

    private void delete(String kind, String name) {
        Key key = new Key(kind, workload.namespace(), name);
        if (world.find(key).isPresent()) {
            server.delete(key);
        }
    }
}
