package org.incidentorchestrator.incident;

import java.util.Arrays;

/**
 * What several incidents may be one trouble by.
 *
 * @param where the node; {@link #CLUSTER} for what is no single node's
 */
public record CommonCause(Kind kind, String where) {
    /** The name of an alert under which incidents of common causes are opened; nobody else sends it. */
    public static final String ALERT = "CommonCause";

    public static final String CLUSTER = "cluster";

    /** In the words of the decision table common-cause. */
    public enum Kind {
        NODE_NOT_READY("nodeNotReady", "node %s is NotReady"),
        NODE_PRESSURE("nodePressure", "node %s is under pressure"),
        API_SERVER("apiServer", "the API server does not answer"),
        CLUSTER_DNS("clusterDns", "the cluster's DNS has no ready endpoint"),
        SEVERAL_SERVICES("severalServices", "several services are down at once");

        private final String word;
        private final String sentence;

        Kind(String word, String sentence) {
            this.word = word;
            this.sentence = sentence;
        }

        public String word() {
            return word;
        }

        public boolean ofNode() {
            return this == NODE_NOT_READY || this == NODE_PRESSURE;
        }

        /** @throws IllegalArgumentException for none and unknown, which are no cause */
        public static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no common cause"));
        }
    }

    /** @param node whose it is, where it is a node's */
    public static CommonCause of(String word, String node) {
        Kind kind = Kind.of(word);
        return new CommonCause(kind, kind.ofNode() ? node : CLUSTER);
    }

    /** What an incident is about that others wait on. */
    public static CommonCause of(IncidentKey key) {
        String[] parts = key.workload().split("/", 2);
        return new CommonCause(Kind.of(parts[0]), parts[1]);
    }

    /** Unique among open incidents: whoever finds the same cause meets the same incident. */
    public IncidentKey key() {
        return new IncidentKey(ALERT, "", kind.word + "/" + where);
    }

    /** For people: {@code node worker-1 is NotReady}. */
    public String inWords() {
        return kind.sentence.formatted(where);
    }
}
