package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Apply;
import org.incidentorchestrator.cluster.Change.Evict;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Deed.ChangeObject;
import org.springframework.stereotype.Component;

/** Finds out, by looking at the object, what became of a change whose answer nobody heard. */
@Component
class Settlement {
    private final ClusterReader cluster;

    Settlement(ClusterReader cluster) {
        this.cluster = cluster;
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
         * @param resourceVersion of the object now; empty where there is none, as when it was decided
         */
        record NotApplied(String resourceVersion) implements Finding {}

        /** Its mark is not there, and what it was decided on has changed: by others, if it was never sent. */
        record Outdated(String why) implements Finding {}

        record CannotTell(String why) implements Finding {}
    }

    Finding find(LedgerEntry entry) {
        ChangeObject deed = (ChangeObject) entry.deed().orElseThrow();
        Optional<KubernetesObject> found = read(deed.change());
        if (deed.change().basis().isEmpty()) {
            return made(entry.key().mark(), deed.target(), found);
        }
        boolean same = found.filter(object -> object.uid().equals(deed.uid())).isPresent();
        if (deed.change() instanceof Evict) {
            return same && !found.get().at("/metadata/deletionTimestamp").exists()
                    ? new Finding.NotApplied(found.get().resourceVersion())
                    : new Finding.Applied();
        }
        return same
                ? compare(entry.key().mark(), deed, found.get())
                : new Finding.CannotTell(deed.target() + " is gone, or was deleted and made anew");
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
        return cluster.get(type, target.namespace(), target.name());
    }

    private static ResourceType known(Target target) {
        return ResourceType.ofKind(target.kind())
                .orElseThrow(() -> new IllegalStateException("no resource type is known for " + target));
    }
}
