package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One HTTP request to an API server.
 *
 * @param what for messages, an infinitive: {@code list Pods in a1-orchestrator}
 * @param path with its query
 * @param mediaType of the body; of a GET, the answer's forms that are wanted; empty without one
 */
record ApiRequest(String what, String method, String path, String mediaType, String body) {
    static ApiRequest get(String what, String path) {
        return get(what, path, "");
    }

    /** @param accept the media types of the answer that are wanted, the best first */
    static ApiRequest get(String what, String path, String accept) {
        return new ApiRequest(what, "GET", path, accept, "");
    }

    /** As {@code kubectl patch} does by default; of a custom kind as {@code kubectl patch --type=merge}, RFC 7386. */
    static ApiRequest patch(String what, ResourceType type, String path, JsonNode body) {
        String mediaType = type.custom() ? "application/merge-patch+json" : "application/strategic-merge-patch+json";
        return new ApiRequest(what, "PATCH", path, mediaType, body.toString());
    }

    /** A server-side apply; JSON is YAML too. */
    static ApiRequest apply(String what, String path, JsonNode manifest) {
        return new ApiRequest(what, "PATCH", path, "application/apply-patch+yaml", manifest.toString());
    }

    static ApiRequest post(String what, String path, JsonNode body) {
        return new ApiRequest(what, "POST", path, "application/json", body.toString());
    }

    static ApiRequest delete(String what, String path, JsonNode options) {
        return new ApiRequest(what, "DELETE", path, "application/json", options.toString());
    }

    boolean changes() {
        return !method.equals("GET");
    }
}
