package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** Gives claims a volume as their class says: at once, or when a pod that uses them has got a node; or says why not. */
final class ClaimController {
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

    private ClaimController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode claim : world.all("PersistentVolumeClaim")) {
            if (!claim.at("/status/phase").asText().equals("Bound")) {
                settle(world, claim, at);
            }
        }
    }

    private static void settle(World world, ObjectNode claim, Instant at) {
        Optional<ObjectNode> storageClass = classOf(world, claim);
        if (storageClass.isEmpty()) {
            String name = claim.at("/spec/storageClassName").asText();
            if (name.isEmpty()) {
                pending(
                        world,
                        claim,
                        "FailedBinding",
                        "no persistent volumes available for this claim and no storage class is set",
                        at);
            } else {
                pending(
                        world,
                        claim,
                        "ProvisioningFailed",
                        "storageclass.storage.k8s.io \"" + name + "\" not found",
                        at);
            }
        } else if (waits(storageClass.get()) && !used(world, claim)) {
            pending(
                    world,
                    claim,
                    "WaitForFirstConsumer",
                    "waiting for first consumer to be created before binding",
                    at);
        } else {
            bind(world, claim, Pods.name(storageClass.get()), at);
        }
    }

    /** What keeps a pod from being scheduled, in the scheduler's words; a claim that waits for its pod does not. */
    static Optional<String> obstacle(World world, ObjectNode pod) {
        return pod.at("/spec/volumes").findValues("persistentVolumeClaim").stream()
                .map(volume -> volume.path("claimName").asText())
                .flatMap(name -> obstacle(world, Pods.namespace(pod), name).stream())
                .findFirst();
    }

    private static Optional<String> obstacle(World world, String namespace, String name) {
        Optional<ObjectNode> claim = world.find(new Key("PersistentVolumeClaim", namespace, name));
        if (claim.isEmpty()) {
            return Optional.of("persistentvolumeclaim \"" + name + "\" not found");
        }
        boolean bound = claim.get().at("/status/phase").asText().equals("Bound");
        boolean waits =
                classOf(world, claim.get()).filter(ClaimController::waits).isPresent();
        return bound || waits ? Optional.empty() : Optional.of("pod has unbound immediate PersistentVolumeClaims");
    }

    private static Optional<ObjectNode> classOf(World world, ObjectNode claim) {
        JsonNode name = claim.at("/spec/storageClassName");
        return world.all("StorageClass").stream()
                .filter(each -> name.isMissingNode()
                        ? each.at("/metadata/annotations")
                                .path(DEFAULT)
                                .asText()
                                .equals("true")
                        : Pods.name(each).equals(name.asText()))
                .findFirst();
    }

    private static boolean waits(ObjectNode storageClass) {
        return storageClass.path("volumeBindingMode").asText().equals("WaitForFirstConsumer");
    }

    /** By a pod that has a node. */
    private static boolean used(World world, ObjectNode claim) {
        return world.all("Pod", Pods.namespace(claim)).stream()
                .filter(Scheduler::placed)
                .flatMap(pod -> pod.at("/spec/volumes").findValues("persistentVolumeClaim").stream())
                .anyMatch(volume -> volume.path("claimName").asText().equals(Pods.name(claim)));
    }

    /** Told once: the real one says it again every 15 seconds, which the count of the event shows. */
    private static void pending(World world, ObjectNode claim, String reason, String message, Instant at) {
        boolean failure = reason.equals("ProvisioningFailed");
        if (claim.at("/status/phase").isMissingNode()) {
            EventLog.note(world, claim, failure ? "Warning" : "Normal", reason, message, at);
            Status.write(world, claim, Json.object().put("phase", "Pending"), Status.CONTROLLER_MANAGER, at);
        }
    }

    private static void bind(World world, ObjectNode claim, String storageClass, Instant at) {
        ObjectNode spec = (ObjectNode) claim.path("spec");
        spec.put("storageClassName", storageClass).put("volumeName", "pvc-" + Pods.uid(claim));
        ObjectNode status = Json.object().put("phase", "Bound");
        status.set("accessModes", spec.path("accessModes").deepCopy());
        status.putObject("capacity")
                .set("storage", spec.at("/resources/requests/storage").deepCopy());
        Status.write(world, claim, status, Status.CONTROLLER_MANAGER, at);
        EventLog.note(
                world,
                claim,
                "Normal",
                "ProvisioningSucceeded",
                "Successfully provisioned volume pvc-" + Pods.uid(claim),
                at);
    }
}
