package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.incident.Target;

/** What a plan would do, as data. Only the runner does it. */
public sealed interface Effect {
    Target target();

    /** What is there as it was read when planning; for the diff. */
    JsonNode now();

    /** The same as it would be, as far as can be told; for the diff. */
    JsonNode then();

    /**
     * A change of one object in the cluster.
     *
     * @param action the verb that cool-downs are counted by: {@code restart}, {@code scale}, {@code replace}
     * @param before what the decision depended on: JSON pointer to the value's JSON text, {@code "/spec/replicas" → "2"};
     *     compared at INTENT, and again whenever the resource version has moved
     * @param then the object as it would be, as far as the patch says
     */
    record OnCluster(Change change, String action, Map<String, String> before, JsonNode now, JsonNode then)
            implements Effect {
        public OnCluster {
            before = java.util.Collections.unmodifiableMap(new TreeMap<>(before));
        }

        @Override
        public Target target() {
            return change.target();
        }
    }
}
