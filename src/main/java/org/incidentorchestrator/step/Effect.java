package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.host.ScriptOrder;
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
     * @param undo the body of the patch that takes the change back; empty where none can
     */
    record OnCluster(
            Change change,
            String action,
            Map<String, String> before,
            JsonNode now,
            JsonNode then,
            Optional<JsonNode> undo)
            implements Effect {
        public OnCluster {
            before = Collections.unmodifiableMap(new TreeMap<>(before));
        }

        /** What cannot be taken back. */
        public OnCluster(Change change, String action, Map<String, String> before, JsonNode now, JsonNode then) {
            this(change, action, before, now, then, Optional.empty());
        }

        @Override
        public Target target() {
            return change.target();
        }
    }

    /**
     * The start of a script on this program's machine. What becomes of it is looked at later, by its run's name.
     *
     * @param run as {@link org.incidentorchestrator.host.ScriptRuns#name}: it is begun once, however often it is sent
     */
    record RunScript(ScriptOrder order, String run) implements Effect {
        /** A script is one thing per machine: {@code Script/host-1/k3s-install}. */
        @Override
        public Target target() {
            return target(order);
        }

        static Target target(ScriptOrder order) {
            return new Target("Script", order.host(), order.script());
        }

        @Override
        public JsonNode now() {
            return MissingNode.getInstance();
        }

        /** All that is decided on. */
        @Override
        public JsonNode then() {
            return Json.tree(order);
        }
    }
}
