package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Basis;
import org.incidentorchestrator.host.ScriptOrder;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.incidentorchestrator.step.Effect.RunScript;

/**
 * What an effect sends, and nothing else: all that the ledger keeps of it, so that it can be sent again, or looked for
 * when nobody heard its answer.
 */
sealed interface Deed {
    static Deed of(Effect effect) {
        return effect instanceof RunScript script
                ? new StartScript(script.order(), script.run())
                : change((OnCluster) effect);
    }

    private static Deed change(OnCluster effect) {
        return new ChangeObject(effect.change(), effect.before(), effect.undo());
    }

    Target target();

    /** Which of several objects of that name; empty where the name is enough. */
    String uid();

    /** What lets one sender through when several are at it: the resource version. Empty where the mark does that. */
    String fence();

    /** The same, fenced anew. */
    Deed against(String fence);

    /** The same, to be recognised by whoever looks for it later. */
    Deed marked(String mark, IncidentNumber incident, String step);

    /**
     * @param before the values that the decision depended on: JSON pointer → JSON text
     * @param undo the body of the patch that takes it back; empty where none can
     */
    record ChangeObject(Change change, Map<String, String> before, Optional<JsonNode> undo) implements Deed {
        public ChangeObject {
            before = Collections.unmodifiableMap(new TreeMap<>(before));
        }

        @Override
        public Target target() {
            return change.target();
        }

        @Override
        public String uid() {
            return change.basis().map(Basis::uid).orElse("");
        }

        @Override
        public String fence() {
            return change.basis().map(Basis::resourceVersion).orElse("");
        }

        @Override
        public Deed against(String fence) {
            return new ChangeObject(change.against(fence), before, undo);
        }

        @Override
        public Deed marked(String mark, IncidentNumber incident, String step) {
            return new ChangeObject(Marks.on(change, mark, incident, step), before, undo);
        }
    }

    /** Fenced and recognised by the name of its run, which is begun once. */
    record StartScript(ScriptOrder order, String run) implements Deed {
        @Override
        public Target target() {
            return RunScript.target(order);
        }

        @Override
        public String uid() {
            return "";
        }

        @Override
        public String fence() {
            return "";
        }

        @Override
        public Deed against(String fence) {
            return this;
        }

        @Override
        public Deed marked(String mark, IncidentNumber incident, String step) {
            return this;
        }
    }
}
