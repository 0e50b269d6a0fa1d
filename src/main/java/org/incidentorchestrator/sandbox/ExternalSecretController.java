package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * External Secrets: writes the secret of each ExternalSecret, every hour, and a few seconds after somebody has changed it
 * or one of its annotations. What is asked for brings a new certificate from the store, unless that has none; what comes
 * by itself brings the same.
 */
final class ExternalSecretController {
    static final Duration FETCHES_IN = Duration.ofSeconds(3);
    static final Duration REFRESHES_EVERY = Duration.ofHours(1);

    private static final String EXTERNAL_SECRETS = "external-secrets";

    private ExternalSecretController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode external : world.all("ExternalSecret")) {
            if (!due(external).isAfter(at)) {
                refresh(world, external, at);
            }
        }
    }

    static Stream<Instant> next(World world) {
        return world.all("ExternalSecret").stream().map(ExternalSecretController::due);
    }

    private static Instant due(ObjectNode external) {
        JsonNode status = external.path("status");
        if (!status.path("syncedResourceVersion").asText().equals(version(external))) {
            return written(external).plus(FETCHES_IN);
        }
        return Instant.parse(status.path("refreshTime").asText()).plus(REFRESHES_EVERY);
    }

    /** Of its own object without the status: generation, labels and annotations, as External Secrets itself has it. */
    private static String version(ObjectNode external) {
        String marks = external.at("/metadata/annotations").toString() + external.at("/metadata/labels");
        return external.at("/metadata/generation").asText() + "-" + Integer.toHexString(marks.hashCode());
    }

    private static Instant written(ObjectNode external) {
        Instant latest = Pods.born(external);
        for (JsonNode entry : external.at("/metadata/managedFields")) {
            Instant at = Instant.parse(entry.path("time").asText());
            boolean status = entry.path("subresource").asText("").equals("status");
            latest = !status && at.isAfter(latest) ? at : latest;
        }
        return latest;
    }

    private static void refresh(World world, ObjectNode external, Instant at) {
        boolean asked = !external.at("/status/syncedResourceVersion").asText().equals(version(external));
        Key secret = secret(external);
        boolean stays = world.plays().stream()
                .anyMatch(play -> play.scenario() == Scenario.CERTIFICATE_STAYS
                        && Pods.name(external).startsWith(play.workload() + "-"));
        Optional<ObjectNode> there = world.find(secret);
        ApiServer server = new ApiServer(world, EXTERNAL_SECRETS, at);
        if (there.isEmpty()) {
            server.create(manifest(external, secret, data(world, external, at)));
        } else if (asked && !stays) {
            ObjectNode body = Json.object();
            body.set("data", data(world, external, at));
            server.patch(secret, "", "", body);
        }
        write(world, external, at);
    }

    private static Key secret(ObjectNode external) {
        String name = external.at("/spec/target/name").asText(Pods.name(external));
        return new Key("Secret", Pods.namespace(external), name);
    }

    private static ObjectNode data(World world, ObjectNode external, Instant at) {
        String service = Pods.name(external).replaceAll("-tls$", "");
        TlsPair pair = TlsPair.of(Pods.uid(external), service + "." + Pods.namespace(external) + ".svc", at);
        return Json.object().put("tls.crt", base64(pair.certificate())).put("tls.key", base64(pair.key()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode manifest(ObjectNode external, Key key, ObjectNode data) {
        ObjectNode secret = Json.object().put("apiVersion", "v1").put("kind", "Secret");
        ObjectNode metadata = secret.putObject("metadata");
        metadata.put("name", key.name()).put("namespace", key.namespace());
        metadata.set("ownerReferences", Json.array().add(ReplicaSetController.owner(external)));
        secret.put("type", "kubernetes.io/tls").set("data", data);
        return secret;
    }

    private static void write(World world, ObjectNode external, Instant at) {
        ObjectNode status = Json.object();
        status.put("refreshTime", at.toString()).put("syncedResourceVersion", version(external));
        status.putObject("binding").put("name", secret(external).name());
        Status.condition(external, status.putArray("conditions"), "Ready", "True", "SecretSynced", "secret synced", at);
        Status.write(world, external, status, EXTERNAL_SECRETS, at);
    }
}
