package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.incident.Target;

/** Changes a real cluster, with the rights of one context. */
final class Fabric8Writer implements ClusterWriter {
    private final ApiServer server;
    private final Fabric8Reader reader;

    Fabric8Writer(ApiServer server) {
        this.server = server;
        this.reader = new Fabric8Reader(server, 1);
    }

    @Override
    public Receipt apply(Change change, Write write) {
        if (change.uid().isEmpty() || change.resourceVersion().isEmpty()) {
            throw new ClusterFailure(
                    Kind.INVALID,
                    "A change of " + change.target() + " names no uid or no resource version, so that it could hit"
                            + " another object than it was decided on. Read the object, and decide on what was read.");
        }
        return change instanceof Change.Evict evict ? evict(evict, write) : patch((Change.Patch) change, write);
    }

    private Receipt patch(Change.Patch patch, Write write) {
        Target target = patch.target();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("fieldManager", FIELD_MANAGER);
        parameters.put("fieldValidation", "Strict");
        if (write == Write.DRY_RUN) {
            parameters.put("dryRun", "All");
        }
        ObjectNode body = patch.body().deepCopy();
        body.withObject("/metadata").put("uid", patch.uid()).put("resourceVersion", patch.resourceVersion());
        ResourceType type = type(target);
        String path = Urls.with(Urls.one(type, target.namespace(), target.name()), parameters);
        ApiRequest request = ApiRequest.patch("patch " + target, type, path, body);
        Bound bound = server.bound();
        ApiAnswer answer = server.send(request, bound);
        JsonNode after = answer.json();
        if (!answer.ok() || !after.isObject()) {
            throw named(ApiFailures.of(request, server, answer), patch, bound);
        }
        return new Receipt(KubernetesObject.of(after));
    }

    /** The API server compares resource versions before uids: of an object that was made anew it says "conflict". */
    private ClusterFailure named(ClusterFailure failure, Change change, Bound bound) {
        if (failure.kind() != Kind.CONFLICT || bound.over()) {
            return failure;
        }
        Target target = change.target();
        Optional<KubernetesObject> now = reader.get(type(target), target.namespace(), target.name(), bound);
        if (now.isPresent() && now.get().uid().equals(change.uid())) {
            return failure;
        }
        return replaced(change, now);
    }

    private Receipt evict(Change.Evict evict, Write write) {
        Target pod = evict.target();
        Bound bound = server.bound();
        Optional<KubernetesObject> before = reader.get(type(pod), pod.namespace(), pod.name(), bound);
        if (before.isEmpty() || !before.get().uid().equals(evict.uid())) {
            throw replaced(evict, before);
        }
        Eviction eviction = Eviction.of(pod, evict.uid()).at(evict.resourceVersion());
        boolean rehearsed = write == Write.DRY_RUN;
        JsonNode body = (rehearsed ? eviction.rehearsed() : eviction).json();
        // In the address too: an audit log at level Metadata shows no bodies, and has to tell a rehearsal from the act.
        String path = Urls.with(Urls.eviction(pod), rehearsed ? Map.of("dryRun", "All") : Map.of());
        ApiRequest request = ApiRequest.post("evict " + pod, path, body);
        ApiAnswer answer = server.send(request, bound);
        if (!answer.ok() || !answer.isStatus()) {
            throw ApiFailures.of(request, server, answer);
        }
        return new Receipt(before.get());
    }

    private ClusterFailure replaced(Change change, Optional<KubernetesObject> now) {
        String what = "Could not change " + change.target() + " in " + server.where() + ": ";
        return now.isEmpty()
                ? new ClusterFailure(
                        Kind.NOT_FOUND, what + "it is not there. Look for what took its place, and decide anew.")
                : new ClusterFailure(
                        Kind.REPLACED,
                        what + "it was decided on uid " + change.uid() + ", and is now uid "
                                + now.get().uid() + ". It was deleted and made anew; decide anew on the new one.");
    }

    private static ResourceType type(Target target) {
        return ResourceType.ofKind(target.kind())
                .orElseThrow(() -> new ClusterFailure(
                        Kind.INVALID,
                        "Could not change " + target + ": its kind is none that this program changes. Correct the"
                                + " target; the kinds are in ResourceType."));
    }
}
