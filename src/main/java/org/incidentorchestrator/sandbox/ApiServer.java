package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.Change.Basis;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.sandbox.ManagedFields.Writer;

/** What an API server does with a write: checks it, numbers it, keeps it. It knows nothing of what follows from it. */
final class ApiServer {
    static final Duration GRACE = Duration.ofSeconds(30);

    private final World world;
    private final String manager;
    private final Instant now;

    ApiServer(World world, String manager, Instant now) {
        this.world = world;
        this.manager = manager;
        this.now = now;
    }

    /** @throws ClusterFailure INVALID, CONFLICT when there is one of this name */
    ObjectNode create(ObjectNode manifest) {
        ObjectNode object = made(manifest);
        ManagedFields.note(Json.object(), object, Writer.updating(manager, ""), now);
        world.store(object);
        return object;
    }

    private ObjectNode made(ObjectNode manifest) {
        ObjectNode object = Json.received(manifest);
        Key key = Key.of(object);
        if (world.find(key).isPresent()) {
            throw new ClusterFailure(Kind.CONFLICT, key + " already exists. Change it, or delete it first.");
        }
        Schema.check(object);
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.remove("resourceVersion");
        metadata.put("uid", world.newUid()).put("creationTimestamp", now.toString());
        if (object.has("spec") && !"Pod".equals(key.kind())) {
            metadata.put("generation", 1);
        }
        return object;
    }

    /** @throws ClusterFailure NOT_FOUND, REPLACED, CONFLICT, INVALID */
    ObjectNode patch(Key key, String uid, String version, JsonNode body) {
        ObjectNode before = stored(key, uid, version);
        return update(before, merged(key, before, Json.received(body)), "");
    }

    /** As by the subresource scale. */
    ObjectNode scale(Key key, int replicas) {
        ObjectNode before = stored(key, "", "");
        ObjectNode after = before.deepCopy();
        after.withObjectProperty("spec").put("replicas", replicas);
        return update(before, after, "scale");
    }

    /** As by the subresource status, what is given of it: what its kubelet or its controller says of an object. */
    ObjectNode report(Key key, JsonNode status) {
        ObjectNode before = stored(key, "", "");
        ObjectNode after = before.deepCopy();
        after.withObjectProperty("status").setAll(Json.received(status));
        ManagedFields.note(before, after, Writer.updating(manager, "status"), now);
        world.store(after);
        return after;
    }

    private ObjectNode update(ObjectNode before, ObjectNode changed, String subresource) {
        ObjectNode after = numbered(before, changed);
        if (after.equals(before)) {
            return before;
        }
        ManagedFields.note(before, after, Writer.updating(manager, subresource), now);
        world.store(after);
        return after;
    }

    /**
     * A server-side apply that forces nothing.
     *
     * @throws ClusterFailure NOT_FOUND, REPLACED, CONFLICT, INVALID, OWNED
     */
    ObjectNode apply(Key key, Optional<Basis> basis, ObjectNode manifest) {
        ObjectNode received = Json.received(manifest);
        if (basis.isEmpty()) {
            requireNamespace(key);
            received.remove("status");
            ObjectNode object = made(received);
            ManagedFields.applied(object, received, manager, now);
            world.store(object);
            return object;
        }
        ObjectNode before = stored(key, basis.get().uid(), basis.get().resourceVersion());
        ServerSideApply apply = new ServerSideApply(before, received, manager);
        ObjectNode after = numbered(before, apply.after((object, fields) -> merged(key, object, fields)));
        received.remove("status");
        boolean same = after.equals(before)
                && ManagedFields.of(before, Writer.applying(manager))
                        .equals(FieldPaths.of(ManagedFields.owned(received)));
        if (same) {
            return before;
        }
        ManagedFields.applied(after, received, manager, now);
        world.store(after);
        return after;
    }

    private void requireNamespace(Key key) {
        if (!key.namespace().isEmpty()
                && world.find(new Key("Namespace", "", key.namespace())).isEmpty()) {
            throw new ClusterFailure(
                    Kind.NOT_FOUND,
                    "namespaces \"" + key.namespace() + "\" not found (404), so that " + key
                            + " cannot be made. Make the namespace first.");
        }
    }

    /** Checked, with the status untouched, and a new generation where the spec is another. */
    private static ObjectNode numbered(ObjectNode before, ObjectNode after) {
        after.set("status", before.path("status"));
        if (before.path("status").isMissingNode()) {
            after.remove("status");
        }
        Schema.check(after);
        Schema.checkChange(before, after);
        if (!after.path("spec").equals(before.path("spec"))
                && before.at("/metadata").has("generation")) {
            ObjectNode metadata = (ObjectNode) after.path("metadata");
            metadata.put("generation", before.at("/metadata/generation").asInt() + 1);
        }
        return after;
    }

    /** What a server-side apply by force would make of it. @throws ClusterFailure NOT_FOUND, INVALID */
    ObjectNode tried(ObjectNode manifest) {
        Key key = Key.of(manifest);
        requireNamespace(key);
        ObjectNode fields = manifest.deepCopy();
        fields.remove("status");
        return world.find(key).isPresent() ? patch(key, "", "", fields) : create(fields);
    }

    private static ObjectNode merged(Key key, ObjectNode before, JsonNode patch) {
        return Served.custom(key.kind()) ? MergePatch.merge(before, patch) : StrategicMerge.merge(before, patch);
    }

    /** Begins to delete a pod, which ends a little later, or deletes anything else, with all that it owns. */
    void delete(Key key) {
        ObjectNode object = stored(key, "", "");
        if ("Pod".equals(key.kind())) {
            terminate(object);
            return;
        }
        world.remove(key);
        for (String kind : List.of("ReplicaSet", "Pod", "EndpointSlice", "HorizontalPodAutoscaler")) {
            Pods.ownedBy(world, object, kind).forEach(owned -> delete(Key.of(owned)));
        }
    }

    /** A pod ends a little later, by force it is gone at once. @throws ClusterFailure NOT_FOUND, REPLACED, CONFLICT */
    ObjectNode delete(Key key, String uid, String version, boolean force) {
        ObjectNode asRead = stored(key, uid, version).deepCopy();
        if (force) {
            world.remove(key);
        } else {
            delete(key);
        }
        return asRead;
    }

    /** @throws ClusterFailure NOT_FOUND, REPLACED, CONFLICT, BUDGET */
    ObjectNode evict(Key key, String uid, String version) {
        ObjectNode pod = stored(key, uid, version);
        ObjectNode asRead = pod.deepCopy();
        if (Pods.staying(pod)) {
            EvictionRule.check(world, pod);
            terminate(pod);
        }
        return asRead;
    }

    private void terminate(ObjectNode pod) {
        if (Pods.staying(pod)) {
            ((ObjectNode) pod.path("metadata"))
                    .put("deletionTimestamp", now.plus(GRACE).toString())
                    .put("deletionGracePeriodSeconds", (int) GRACE.toSeconds());
            world.store(pod);
            String container = pod.at("/spec/containers/0/name").asText();
            EventLog.note(world, pod, "Normal", "Killing", "Stopping container " + container, now);
        }
    }

    private ObjectNode stored(Key key, String uid, String version) {
        ObjectNode object = world.find(key)
                .orElseThrow(() ->
                        new ClusterFailure(Kind.NOT_FOUND, key + " is not there (404). Look for what took its place."));
        if (!uid.isEmpty() && !Pods.uid(object).equals(uid)) {
            throw new ClusterFailure(
                    Kind.REPLACED,
                    key + " is another object than the one that was read: uid " + Pods.uid(object) + ", not " + uid
                            + ". It was deleted and made anew; look again before changing it.");
        }
        String current = object.at("/metadata/resourceVersion").asText();
        if (!version.isEmpty() && !current.equals(version)) {
            throw new ClusterFailure(
                    Kind.CONFLICT,
                    key + " has changed since it was read: resource version " + current + ", not " + version
                            + " (409). Read it again and decide anew.");
        }
        return object;
    }
}
