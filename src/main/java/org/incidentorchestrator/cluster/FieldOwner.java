package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * Who wrote which fields of an object, as {@code metadata.managedFields} says it.
 *
 * @param name as the writer named itself: {@code argocd-controller}, {@code kubectl-edit}
 * @param subresource {@code scale} where it came that way; else empty
 * @param at its latest write
 * @param fields {@code fieldsV1}
 */
public record FieldOwner(String name, String subresource, Instant at, JsonNode fields) {

    /** Those that say which fields they wrote. */
    public static List<FieldOwner> of(KubernetesObject object) {
        return object.items("/metadata/managedFields").stream()
                .map(entry -> new FieldOwner(
                        entry.text("/manager", ""),
                        entry.text("/subresource", ""),
                        entry.time("/time").orElse(Instant.EPOCH),
                        entry.at("/fieldsV1").exists() ? entry.at("/fieldsV1").toJson() : null))
                .filter(manager -> manager.fields != null)
                .toList();
    }

    /** In a word: argoCd, autoscaler, keda, person, self, or other. */
    public String word() {
        if (name.equals(ClusterWriter.FIELD_MANAGER)) {
            return "self";
        }
        if (name.startsWith("argocd")) {
            return "argoCd";
        }
        if (name.startsWith("keda")) {
            return "keda";
        }
        // kube-controller-manager runs the autoscaler, and scales through the subresource alone.
        if (name.equals("kube-controller-manager") && subresource.equals("scale")) {
            return "autoscaler";
        }
        return name.startsWith("kubectl") ? "person" : "other";
    }

    /** As people read it: {@code kubectl-edit at 2026-11-24T12:00:00Z}. */
    public String text() {
        return name + (subresource.isEmpty() ? "" : " (" + subresource + ")") + " at " + at;
    }
}
