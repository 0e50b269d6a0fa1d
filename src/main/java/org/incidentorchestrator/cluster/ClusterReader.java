package org.incidentorchestrator.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.Change.Identity;

/**
 * Looks at a cluster. Each call is one bounded request (a list pages inside of its bound, at most 10 s in all).
 * Whatever cannot be answered is a {@link ClusterFailure}; "there is none" is an answer.
 */
public interface ClusterReader {
    ClusterIdentity cluster();

    /** The same cluster, with the rights of another identity; a cluster that has no identities shows the same. */
    default ClusterReader as(Identity identity) {
        return this;
    }

    /** Empty when the API server says 404 for the object. A kind that is not served is a failure, NOT_INSTALLED. */
    Optional<KubernetesObject> get(ResourceType type, String namespace, String name);

    /** Sorted by namespace and name. A kind that is not served is a failure, NOT_INSTALLED. */
    List<KubernetesObject> list(ResourceType type, Query query);

    LogAnswer logs(LogQuery query);

    /**
     * An HTTP GET of a pod or a service, through the API server, whose address it comes from: network policies apply to
     * it. Any status is an answer, and so is that nobody took the connection.
     *
     * @throws ClusterFailure NOT_FOUND when there is no such pod or service, UNREACHABLE when nothing comes back in time
     */
    HttpAnswer http(HttpQuery query);

    /**
     * Runs a program in a container, without a shell, and waits for its end, at most 10 s. Nothing keeps a program from
     * changing what is in there: callers name fixed commands that only read. Needs the rights to get and create pods/exec.
     *
     * @throws ClusterFailure INVALID when the pod has no such container, UNREACHABLE when the program does not end in time
     */
    ExecAnswer exec(ExecQuery query);

    /**
     * Whether the API server would take this object as it is: server-side apply with {@code dryRun=All}, over whatever is
     * there and whoever owns its fields. Everything is checked, nothing is kept. Needs the rights to patch the kind, and
     * to create it where the object is not there.
     *
     * @return as it would be
     * @throws ClusterFailure INVALID with the API server's reason; NOT_FOUND when its namespace is not there;
     *     NOT_INSTALLED when its kind is not served
     */
    KubernetesObject validate(ResourceType type, KubernetesObject object);

    /** Whether the API server serves this kind. */
    boolean discover(ResourceType type);

    /** What the API server serves, custom kinds too. A group that does not answer is told, and hides no other. */
    ServedKinds kinds();

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

    /**
     * @param type PODS, or SERVICES: then any one of its ready endpoints answers
     * @param scheme http or https
     * @param port of the pod, or of the service
     * @param path with its leading slash, from the workload's own probe or from a setting
     */
    record HttpQuery(ResourceType type, String namespace, String name, String scheme, int port, String path) {
        public HttpQuery {
            if (!type.equals(ResourceType.PODS) && !type.equals(ResourceType.SERVICES)) {
                throw new IllegalArgumentException(
                        type.kind() + " " + name + " was not asked: only pods and services are"
                                + " asked over HTTP, because the same way to a node runs programs in all of its pods");
            }
        }

        public static HttpQuery ofPod(String namespace, String pod, String scheme, int port, String path) {
            return new HttpQuery(ResourceType.PODS, namespace, pod, scheme, port, path);
        }

        public static HttpQuery ofService(String namespace, String service, String scheme, int port, String path) {
            return new HttpQuery(ResourceType.SERVICES, namespace, service, scheme, port, path);
        }
    }

    sealed interface HttpAnswer {
        /** @param took from the request to the end of the answer, the API server's way to the pod included */
        record Answered(int status, String body, Duration took) implements HttpAnswer {
            /** As a kubelet takes the answer to its probe. */
            @Override
            public boolean ok() {
                return status >= 200 && status < 400;
            }
        }

        /** The API server found nobody to pass the request on to; the reason is its own: no endpoints, refused … */
        record Unanswered(String reason) implements HttpAnswer {
            @Override
            public boolean ok() {
                return false;
            }

            /** The service has no ready endpoint at all, as opposed to one that does not take connections. */
            public boolean noEndpoints() {
                return reason.startsWith("no endpoints available");
            }
        }

        boolean ok();
    }

    /**
     * @param command the program and its arguments, each taken as it is
     * @param limitBytes how much is kept of each of its two outputs
     */
    record ExecQuery(String namespace, String pod, String container, List<String> command, int limitBytes) {
        private static final Set<String> SHELLS =
                Set.of("sh", "ash", "bash", "csh", "dash", "fish", "ksh", "tcsh", "zsh", "busybox");

        public ExecQuery {
            command = List.copyOf(command);
            if (command.isEmpty() || command.get(0).isBlank()) {
                throw new IllegalArgumentException("a command for " + pod + " names no program; name it first");
            }
            String program = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
            if (SHELLS.contains(program)) {
                throw new IllegalArgumentException(
                        "'" + program + "' would read its arguments as a program, so that"
                                + " what came from outside could become one; name the program itself, and filter its output here");
            }
        }
    }

    sealed interface ExecAnswer {
        /** It ran. @param cut whether it wrote more than what is kept */
        record Ended(int exitCode, String out, String err, boolean cut) implements ExecAnswer {
            public boolean ok() {
                return exitCode == 0;
            }
        }

        /** The container has no such program, may not run it, or does not run itself: an answer, not a failure. */
        record NotStarted(String reason) implements ExecAnswer {}
    }
}
