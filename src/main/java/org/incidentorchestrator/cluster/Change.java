package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import org.incidentorchestrator.incident.Target;

/** One write to one object. It carries the object's uid, and the resource version that it is fenced by. */
public sealed interface Change {
    Target target();

    /** The uid of the object it was decided on; another object of the same name is refused (REPLACED). */
    String uid();

    /** The resource version it is sent against; the API server lets one writer through. */
    String resourceVersion();

    /** The same change, fenced by a newer resource version. */
    Change against(String resourceVersion);

    /** The client identity that sends it. */
    Identity identity();

    /**
     * A strategic merge patch (lists merge by name, as {@code kubectl patch} does by default); of a custom kind a JSON
     * merge patch (RFC 7386: lists are replaced whole), because the API server takes no other.
     *
     * @param body without uid and resourceVersion, which the writer adds
     */
    record Patch(Target target, String uid, String resourceVersion, JsonNode body, Identity identity)
            implements Change {
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
    record Evict(Target target, String uid, String resourceVersion, Identity identity) implements Change {
        @Override
        public Evict against(String newer) {
            return new Evict(target, uid, newer, identity);
        }
    }

    /** Whose rights a request uses: each has a context of its own where {@code cluster.contexts} names one. */
    enum Identity {
        LOOK,
        CHANGE,
        /** Takes a workload off, behind an approval. */
        ISOLATE,
        /** Reads everything there is, secrets too. */
        BACKUP
    }
}
