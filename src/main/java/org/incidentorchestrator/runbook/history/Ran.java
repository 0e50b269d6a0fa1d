package org.incidentorchestrator.runbook.history;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.runbook.Runbooks;

/**
 * What ran for an incident, as far as the engine still knows it.
 *
 * @param instances in the order in which they were started, a caller before what it called
 * @param open whether more may come
 * @param reopened how often a root was started anew
 */
public record Ran(List<RunInstance> instances, boolean open, int reopened) {

    /** Whether the engine's history of it, or of a time before it was reopened, is gone by its age. */
    public boolean removed() {
        long roots = instances.stream()
                .filter(instance -> instance.kind() == Runbooks.Kind.ROOT)
                .count();
        return !open && roots < 1 + reopened;
    }

    Ran inOrder() {
        Map<String, String> parents = new HashMap<>();
        instances.forEach(instance -> parents.put(instance.id(), instance.parent()));
        List<RunInstance> sorted = instances.stream()
                .sorted(Comparator.comparing(RunInstance::startedAt)
                        .thenComparingInt(instance -> depth(instance.id(), parents)))
                .toList();
        return new Ran(sorted, open, reopened);
    }

    private static int depth(String id, Map<String, String> parents) {
        int depth = 0;
        for (String parent = parents.get(id); parent != null; parent = parents.get(parent)) {
            depth++;
        }
        return depth;
    }
}
