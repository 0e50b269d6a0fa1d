package org.incidentorchestrator.step.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.step.Effect;

/** The two changes that the acts make: a patch of a workload, and the eviction of a pod. */
public final class Effects {
    private Effects() {}

    /** @param before JSON pointers to the values that the decision depended on; what is absent is {@code null} */
    public static Effect patch(KubernetesObject object, String action, ObjectNode body, String... before) {
        Map<String, String> values = Arrays.stream(before)
                .collect(Collectors.toMap(Function.identity(), pointer -> value(object.at(pointer))));
        ObjectNode now = Kept.spec(object);
        ObjectNode then = now.deepCopy();
        merge(then, body);
        Change change =
                new Change.Patch(object.target(), object.uid(), object.resourceVersion(), body, Identity.CHANGE);
        return new Effect.OnCluster(change, action, values, now, then);
    }

    /** Decided on the pod itself, which the change names by its uid; afterwards there is no such pod. */
    public static Effect evict(KubernetesObject pod, String action) {
        Change change = new Change.Evict(pod.target(), pod.uid(), pod.resourceVersion(), Identity.CHANGE);
        return new Effect.OnCluster(change, action, Map.of(), Kept.spec(pod), JsonNodeFactory.instance.objectNode());
    }

    private static String value(KubernetesObject value) {
        return value.exists() ? value.toString() : "null";
    }

    /** Our patches hold maps and plain values only, for which a strategic merge is a merge. */
    private static void merge(ObjectNode into, JsonNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                merge(into.withObjectProperty(field.getKey()), field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }
}
