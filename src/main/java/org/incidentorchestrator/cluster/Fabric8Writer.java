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
    /** No object has it: whoever sends it makes the object, or is told that somebody else has (409). */
    private static final String OF_NONE = "1";

    private final ApiServer server;
    private final Fabric8Reader reader;

    Fabric8Writer(ApiServer server) {
        this(server, server);
    }

    /** @param seen the same API server, as an identity that may read what is changed */
    Fabric8Writer(ApiServer server, ApiServer seen) {
        this.server = server;
        this.reader = new Fabric8Reader(seen, 1);
    }

    @Override
    public Receipt apply(Change change, Write write) {
        change.basis().ifPresent(basis -> refuseUnfenced(change.target(), basis));
        if (change instanceof Change.Evict evict) {
            return evict(evict, write);
        }
        if (change instanceof Change.Delete delete) {
            return delete(delete, write);
        }
        return change instanceof Change.Apply apply ? apply(apply, write) : patch((Change.Patch) change, write);
    }

    private static void refuseUnfenced(Target target, Change.Basis basis) {
        if (basis.uid().isEmpty() || basis.resourceVersion().isEmpty()) {
            throw new ClusterFailure(
                    Kind.INVALID,
                    "A change of " + target + " names no uid or no resource version, so that it could hit"
                            + " another object than it was decided on. Read the object, and decide on what was read.");
        }
    }

    private Receipt patch(Change.Patch patch, Write write) {
        ResourceType type = type(patch.target());
        ObjectNode body = patch.body().deepCopy();
        body.withObject("/metadata").put("uid", patch.uid()).put("resourceVersion", patch.resourceVersion());
        String path = path(type, patch.target(), parameters(write));
        return sent(patch, type, ApiRequest.patch("patch " + patch.target(), type, path, body));
    }

    private Receipt apply(Change.Apply apply, Write write) {
        ObjectNode manifest = apply.manifest().deepCopy();
        ObjectNode metadata = manifest.withObject("/metadata");
        apply.basis().ifPresent(basis -> metadata.put("uid", basis.uid()));
        String version = apply.basis().map(Change.Basis::resourceVersion).orElse(OF_NONE);
        metadata.put("resourceVersion", version);
        Map<String, String> parameters = parameters(write);
        parameters.put("force", "false");
        String path = path(apply.type(), apply.target(), parameters);
        return sent(apply, apply.type(), ApiRequest.apply("apply " + apply.target(), path, manifest));
    }

    private static Map<String, String> parameters(Write write) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("fieldManager", FIELD_MANAGER);
        parameters.put("fieldValidation", "Strict");
        if (write == Write.DRY_RUN) {
            parameters.put("dryRun", "All");
        }
        return parameters;
    }

    private static String path(ResourceType type, Target target, Map<String, String> parameters) {
        return Urls.with(Urls.one(type, target.namespace(), target.name()), parameters);
    }

    private Receipt sent(Change change, ResourceType type, ApiRequest request) {
        Bound bound = server.bound();
        ApiAnswer answer = server.send(request, bound);
        JsonNode after = answer.json();
        if (!answer.ok() || !after.isObject()) {
            throw named(ApiFailures.of(request, server, answer), change, type, bound);
        }
        return new Receipt(KubernetesObject.of(after));
    }

    /**
     * The API server compares resource versions before uids: of an object that was made anew it says "conflict". Of one
     * that an apply finds gone it says that the uid may not be set.
     */
    private ClusterFailure named(ClusterFailure failure, Change change, ResourceType type, Bound bound) {
        boolean another =
                failure.kind() == Kind.CONFLICT || failure.kind() == Kind.REPLACED && change instanceof Change.Apply;
        if (!another || change.basis().isEmpty() || bound.over()) {
            return failure;
        }
        Target target = change.target();
        Optional<KubernetesObject> now = reader.get(type, target.namespace(), target.name(), bound);
        String uid = change.basis().get().uid();
        return now.isPresent() && now.get().uid().equals(uid) ? failure : replaced(target, uid, now);
    }

    private Receipt evict(Change.Evict evict, Write write) {
        Target pod = evict.target();
        Bound bound = server.bound();
        Optional<KubernetesObject> before = reader.get(type(pod), pod.namespace(), pod.name(), bound);
        if (before.isEmpty() || !before.get().uid().equals(evict.uid())) {
            throw replaced(pod, evict.uid(), before);
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

    private Receipt delete(Change.Delete delete, Write write) {
        ResourceType type = type(delete.target());
        boolean rehearsed = write == Write.DRY_RUN;
        Deletion deletion = Deletion.of(delete.uid(), delete.force()).at(delete.resourceVersion());
        // In the address too, for the audit log, as an eviction.
        String path = path(type, delete.target(), rehearsed ? Map.of("dryRun", "All") : Map.of());
        ObjectNode options = (rehearsed ? deletion.rehearsed() : deletion).json();
        return sent(delete, type, ApiRequest.delete("delete " + delete.target(), path, options));
    }

    private ClusterFailure replaced(Target target, String uid, Optional<KubernetesObject> now) {
        String what = "Could not change " + target + " in " + server.where() + ": ";
        return now.isEmpty()
                ? new ClusterFailure(
                        Kind.NOT_FOUND, what + "it is not there. Look for what took its place, and decide anew.")
                : new ClusterFailure(
                        Kind.REPLACED,
                        what + "it was decided on uid " + uid + ", and is now uid "
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
