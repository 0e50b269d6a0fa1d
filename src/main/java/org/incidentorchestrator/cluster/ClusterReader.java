package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at a cluster. Each call is one bounded request (a list pages inside of its bound, at most 10 s in all).
 * Whatever cannot be answered is a {@link ClusterFailure}; "there is none" is an answer.
 */
public interface ClusterReader {
    ClusterIdentity cluster();

    /** Empty when the API server says 404 for the object. A kind that is not served is a failure, NOT_INSTALLED. */
    Optional<KubernetesObject> get(ResourceType type, String namespace, String name);

    /** Sorted by namespace and name. A kind that is not served is a failure, NOT_INSTALLED. */
    List<KubernetesObject> list(ResourceType type, Query query);

    LogAnswer logs(LogQuery query);

    /** An HTTP request to a pod, through the API server. Any status is an answer; no answer is a failure. */
    HttpAnswer http(HttpQuery query);

    /** Whether the API server serves this kind. */
    boolean discover(ResourceType type);

    /**
     * @param namespace empty for all namespaces, or for cluster-scoped kinds
     * @param fields field selectors with "=", such as {@code involvedObject.uid}
     */
    record Query(String namespace, LabelSelector labels, Map<String, String> fields) {
        public Query {
            fields = Map.copyOf(fields);
        }

        public static Query in(String namespace) {
            return new Query(namespace, LabelSelector.EVERYTHING, Map.of());
        }

        public Query selecting(LabelSelector selector) {
            return new Query(namespace, selector, fields);
        }

        public Query where(String field, String value) {
            return new Query(namespace, labels, Map.of(field, value));
        }
    }

    /** @param tailLines the last lines only; @param limitBytes cut by the API server */
    record LogQuery(String namespace, String pod, String container, boolean previous, int tailLines, int limitBytes) {}

    sealed interface LogAnswer {
        record Lines(String text) implements LogAnswer {}

        /** The container has not started, or never had a previous instance: an answer, not a failure. */
        record None(String reason) implements LogAnswer {}
    }

    /** @param scheme http or https; @param path with its leading slash, from the workload's own probe */
    record HttpQuery(String namespace, String pod, String scheme, int port, String path) {}

    record HttpAnswer(int status, String body) {
        public boolean ok() {
            return status >= 200 && status < 400;
        }
    }
}
