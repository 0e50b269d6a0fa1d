package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.sandbox.ManagedFields.Writer;

/** What a server-side apply, without force, makes of an object that is there. */
final class ServerSideApply {
    private final ObjectNode before;
    private final ObjectNode manifest;
    private final Writer writer;
    private final Set<List<String>> wanted;

    ServerSideApply(ObjectNode before, ObjectNode manifest, String manager) {
        this.before = before;
        this.manifest = manifest;
        this.writer = Writer.applying(manager);
        this.wanted = FieldPaths.of(ManagedFields.owned(manifest));
    }

    /** The object as it is then, but for its managed fields. @param merge as its kind merges lists; @throws ClusterFailure OWNED */
    ObjectNode after(BinaryOperator<ObjectNode> merge) {
        refuseConflicts();
        ObjectNode after = before.deepCopy();
        Set<List<String>> given = new HashSet<>(ManagedFields.of(before, writer));
        given.removeAll(wanted);
        others().values().forEach(given::removeAll);
        given.forEach(path -> FieldPaths.remove(after, path));
        return merge.apply(after, ManagedFields.owned(manifest));
    }

    private void refuseConflicts() {
        List<String> conflicts = new ArrayList<>();
        others().forEach((owner, paths) -> paths.stream()
                .filter(wanted::contains)
                .filter(path -> !FieldPaths.value(before, path).equals(FieldPaths.value(manifest, path)))
                .forEach(path ->
                        conflicts.add("conflict with \"" + owner + "\" using " + apiVersion() + ": " + dotted(path))));
        if (!conflicts.isEmpty()) {
            throw new ClusterFailure(
                    Kind.OWNED,
                    "Could not apply " + Key.of(manifest) + ": Apply failed with " + conflicts.size() + " conflicts: "
                            + String.join("; ", conflicts) + " (409). Agree with who owns these fields, or leave them"
                            + " out; nothing is taken over by force.");
        }
    }

    private Map<String, Set<List<String>>> others() {
        Map<String, Set<List<String>>> others = new TreeMap<>();
        for (JsonNode entry : before.at("/metadata/managedFields")) {
            Writer owner = Writer.of(entry);
            if (!owner.equals(writer)) {
                String named = owner.manager()
                        + (owner.subresource().isEmpty() ? "" : "\" with subresource \"" + owner.subresource());
                others.computeIfAbsent(named, any -> new HashSet<>()).addAll(FieldPaths.parse(entry.path("fieldsV1")));
            }
        }
        return others;
    }

    private String apiVersion() {
        return manifest.path("apiVersion").asText();
    }

    /** As the API server names a field: {@code .spec.template.spec.containers[name="app"].image}. */
    private static String dotted(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String step : path) {
            String name = step.substring(2);
            text.append(
                    step.startsWith("f:")
                            ? "." + name
                            : "[" + name.replaceAll("[{}]", "").replaceFirst("\"name\":", "name=") + "]");
        }
        return text.toString();
    }
}
