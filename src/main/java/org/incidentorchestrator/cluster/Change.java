package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.incidentorchestrator.incident.Target;

/** One write to one object. It carries the object that it was decided on, and the resource version it is fenced by. */
public sealed interface Change {
    Target target();

    /** The object that it was decided on. Empty when there was none: only an {@link Apply} makes an object. */
    Optional<Basis> basis();

    /** The same change, fenced by a newer resource version of the object that it was decided on. */
    Change against(String resourceVersion);

    /** The client identity that sends it. */
    Identity identity();

    /** The client identity that may read what it changes: whoever sends it need not. */
    default Identity seenBy() {
        if (identity() == Identity.RESTORE) {
            return Identity.BACKUP;
        }
        return target().kind().equals(ResourceType.SECRETS.kind()) ? Identity.SECRETS : Identity.LOOK;
    }

    /**
     * @param uid another object of the same name is refused (REPLACED)
     * @param resourceVersion it is sent against; the API server lets one writer through
     */
    record Basis(String uid, String resourceVersion) {}

    /** A change that needs an object to be there. */
    sealed interface OfExisting extends Change {
        String uid();

        String resourceVersion();

        @Override
        default Optional<Basis> basis() {
            return Optional.of(new Basis(uid(), resourceVersion()));
        }
    }

    /**
     * A strategic merge patch (lists merge by name, as {@code kubectl patch} does by default); of a custom kind a JSON
     * merge patch (RFC 7386: lists are replaced whole), because the API server takes no other.
     *
     * @param body without uid and resourceVersion, which the writer adds
     */
    record Patch(Target target, String uid, String resourceVersion, JsonNode body, Identity identity)
            implements OfExisting {
        public Patch {
            body = body.deepCopy();
        }

        @Override
        public JsonNode body() {
            return body.deepCopy();
        }

        @Override
        public Patch against(String newer) {
            return new Patch(target, uid, newer, body, identity);
        }
    }

    /** An eviction (policy/v1): respects budgets. Refused by one, it fails as BUDGET and says which. */
    record Evict(Target target, String uid, String resourceVersion, Identity identity) implements OfExisting {
        @Override
        public Evict against(String newer) {
            return new Evict(target, uid, newer, identity);
        }
    }

    /**
     * The deletion of an object; of a pod past its disruption budgets.
     *
     * @param force of a pod: without the time that it has to end, and without its node saying that it has
     */
    record Delete(Target target, String uid, String resourceVersion, boolean force, Identity identity)
            implements OfExisting {
        @Override
        public Delete against(String newer) {
            return new Delete(target, uid, newer, force, identity);
        }
    }

    /**
     * A server-side apply of a whole manifest, as {@code kubectl apply --server-side} does: what it says becomes ours,
     * what it no longer says of ours is taken away. Nothing is forced: where another field manager owns a field with
     * another value, it fails as OWNED and says who and which. Without a basis it makes the object, and fails as
     * CONFLICT when somebody else has made it meanwhile.
     *
     * @param manifest with apiVersion, kind and name; without uid and resourceVersion, which the writer adds
     */
    record Apply(ResourceType type, Target target, Optional<Basis> basis, JsonNode manifest, Identity identity)
            implements Change {
        public Apply {
            manifest = manifest.deepCopy();
        }

        @Override
        public JsonNode manifest() {
            return manifest.deepCopy();
        }

        /** Of an object that was not there, there is no version to be sent against. */
        @Override
        public Apply against(String newer) {
            return new Apply(type, target, basis.map(of -> new Basis(of.uid(), newer)), manifest, identity);
        }
    }

    /** Whose rights a request uses: each has a context of its own where {@code cluster.contexts} names one. */
    enum Identity {
        LOOK,
        CHANGE,
        /** Takes a workload off, behind an approval. */
        ISOLATE,
        /** Reads everything there is, secrets too. */
        BACKUP,
        /** Reads secrets of type kubernetes.io/tls for what their certificates say. */
        SECRETS,
        /** Makes what a back-up or the platform's repository has, of any kind, secrets too; behind an approval. */
        RESTORE
    }
}
