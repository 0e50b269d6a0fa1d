package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.incidentorchestrator.incident.Target;

/**
 * A certificate of a workload's that was not renewed in time: it lies in the secret {@code WORKLOAD-tls}, the pods mount
 * it, and the service has a port for it. It comes with a scenario, and goes with it; a secret that an ExternalSecret
 * writes stays, with a certificate that is good.
 */
final class ExpiringCertificate {
    private static final String SOMEBODY = "kubectl";
    private static final Duration LEFT = Duration.ofDays(10);

    private ExpiringCertificate() {}

    static void put(World world, Target workload, Instant now) {
        ApiServer server = new ApiServer(world, SOMEBODY, now);
        Key secret = secret(workload);
        Instant from = Json.second(now.plus(LEFT).minus(TlsPair.VALID_FOR));
        TlsPair pair = TlsPair.of("expiring " + workload, workload.name() + "." + workload.namespace() + ".svc", from);
        ObjectNode body = Json.object();
        body.putObject("data").put("tls.crt", base64(pair.certificate())).put("tls.key", base64(pair.key()));
        if (world.find(secret).isPresent()) {
            server.patch(secret, "", "", body);
        } else {
            body.put("apiVersion", "v1").put("kind", "Secret").put("type", "kubernetes.io/tls");
            body.putObject("metadata").put("name", secret.name()).put("namespace", secret.namespace());
            server.create(body);
        }
        change(
                world,
                server,
                workload,
                "'secret': {'secretName': '%s'}".formatted(secret.name()),
                "'targetPort': 8080");
    }

    static void takeAway(World world, Target workload, Instant now) {
        ApiServer server = new ApiServer(world, SOMEBODY, now);
        change(world, server, workload, "'$patch': 'delete'", "'$patch': 'delete'");
        Optional<ObjectNode> secret = world.find(secret(workload));
        if (secret.isPresent() && secret.get().at("/metadata/ownerReferences").isEmpty()) {
            server.delete(secret(workload));
        } else if (secret.isPresent()) {
            server.patch(secret(workload), "", "", data(workload, now));
        }
    }

    private static ObjectNode data(Target workload, Instant from) {
        String host = workload.name() + "." + workload.namespace() + ".svc";
        TlsPair pair = TlsPair.of("by hand", host, Json.second(from));
        ObjectNode body = Json.object();
        body.putObject("data").put("tls.crt", base64(pair.certificate())).put("tls.key", base64(pair.key()));
        return body;
    }

    /** What is not there any more is left alone. */
    private static void change(World world, ApiServer server, Target workload, String volume, String port) {
        Key service = new Key("Service", workload.namespace(), workload.name());
        if (world.find(Key.of(workload)).isPresent()) {
            ObjectNode pods =
                    Json.object("{'spec': {'template': {'spec': {'volumes': [{'name': 'tls', " + volume + "}]}}}}");
            server.patch(Key.of(workload), "", "", pods);
        }
        if (world.find(service).isPresent()) {
            ObjectNode ports = Json.object(
                    "{'spec': {'ports': [{'name': 'https', 'protocol': 'TCP', 'port': 443, " + port + "}]}}");
            server.patch(service, "", "", ports);
        }
    }

    private static Key secret(Target workload) {
        return new Key("Secret", workload.namespace(), workload.name() + "-tls");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
