package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Apply;
import org.incidentorchestrator.cluster.Change.Delete;
import org.incidentorchestrator.cluster.Change.Evict;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.host.RunState;
import org.incidentorchestrator.host.ScriptRuns;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Deed.ChangeObject;
import org.incidentorchestrator.step.Deed.StartScript;
import org.springframework.stereotype.Component;

/** Finds out, by looking at the object or at the script's run, what became of a deed whose answer nobody heard. */
@Component
class Settlement {
    private final ClusterReader cluster;
    private final ScriptRuns scripts;

    Settlement(ClusterReader cluster, ScriptRuns scripts) {
        this.cluster = cluster;
        this.scripts = scripts;
    }

    sealed interface Finding {
        /** In a sentence, for a person who has to look. */
        default String why() {
            return "";
        }

        record Applied() implements Finding {}

        /**
         * It did not arrive, and what it was decided on still holds.
         *
         * @param fence the resource version of the object now; empty where there is none, as when it was decided
         */
        record NotApplied(String fence) implements Finding {}

        /** Its mark is not there, and what it was decided on has changed: by others, if it was never sent. */
        record Outdated(String why) implements Finding {}

        record CannotTell(String why) implements Finding {}
    }

    Finding find(LedgerEntry entry) {
        Deed deed = entry.deed().orElseThrow();
        return deed instanceof StartScript script
                ? find(script)
                : find((ChangeObject) deed, entry.key().mark());
    }

    /** That it has begun is what was to be done; how it goes on is another step's question. */
    private Finding find(StartScript deed) {
        RunState run = scripts.find(deed.run(), deed.order().host());
        if (run instanceof RunState.Elsewhere other) {
            return new Finding.CannotTell("it was to run on host " + other.host() + ", and this is another one");
        }
        return run instanceof RunState.None || run instanceof RunState.NotBegun
                ? new Finding.NotApplied(deed.fence())
                : new Finding.Applied();
    }

    private Finding find(ChangeObject deed, String mark) {
        Optional<KubernetesObject> found = read(deed.change());
        if (deed.change().basis().isEmpty()) {
            return made(mark, deed.target(), found);
        }
        boolean same = found.filter(object -> object.uid().equals(deed.uid())).isPresent();
        if (deed.change() instanceof Evict || deed.change() instanceof Delete) {
            return same && !ending(deed.change(), found.get())
                    ? new Finding.NotApplied(found.get().resourceVersion())
                    : new Finding.Applied();
        }
        return same
                ? compare(mark, deed, found.get())
                : new Finding.CannotTell(deed.target() + " is gone, or was deleted and made anew");
    }

    /** By force it is gone at once; else it is enough that it has begun to end. */
    private static boolean ending(Change change, KubernetesObject pod) {
        boolean force = change instanceof Delete delete && delete.force();
        return !force && pod.at("/metadata/deletionTimestamp").exists();
    }

    /** An object that was not there: it came to be by this change, by somebody else, or not yet. */
    private static Finding made(String mark, Target target, Optional<KubernetesObject> found) {
        if (found.isEmpty()) {
            return new Finding.NotApplied("");
        }
        return Marks.isOn(found.get(), mark)
                ? new Finding.Applied()
                : new Finding.Outdated(target + " was not there, and has been made by somebody else meanwhile");
    }

    private static Finding compare(String mark, ChangeObject deed, KubernetesObject object) {
        if (Marks.isOn(object, mark)) {
            return new Finding.Applied();
        }
        Optional<String> different = difference(deed.before(), object);
        if (different.isEmpty()) {
            return new Finding.NotApplied(object.resourceVersion());
        }
        return new Finding.Outdated(deed.target() + " has changed meanwhile: " + different.get());
    }

    private static Optional<String> difference(Map<String, String> before, KubernetesObject object) {
        JsonNode tree = object.toJson();
        return before.entrySet().stream()
                .filter(value -> !value.getValue().equals(json(tree.at(value.getKey()))))
                .map(value -> value.getKey() + " was " + value.getValue() + " and is " + json(tree.at(value.getKey())))
                .findFirst();
    }

    /** Absent and null are the same to the API server. */
    private static String json(JsonNode node) {
        return node.isMissingNode() ? "null" : node.toString();
    }

    private Optional<KubernetesObject> read(Change change) {
        Target target = change.target();
        ResourceType type = change instanceof Apply apply ? apply.type() : known(target);
        return cluster.as(change.seenBy()).get(type, target.namespace(), target.name());
    }

    private static ResourceType known(Target target) {
        return ResourceType.ofKind(target.kind())
                .orElseThrow(() -> new IllegalStateException("no resource type is known for " + target));
    }
}
