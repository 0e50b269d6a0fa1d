package org.incidentorchestrator.step.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import org.incidentorchestrator.cluster.FieldOwner;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PatchedField;

/**
 * Which fields of an object Argo CD has from git: those that it applied, as its annotation or its entry among the field
 * managers says. Where neither is there, every field of the spec may be one, and no annotation.
 *
 * @param applied what was applied last; missing where the object does not say
 */
record DeclaredFields(KubernetesObject object, JsonNode applied, List<FieldOwner> managers) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    static DeclaredFields of(KubernetesObject object) {
        List<FieldOwner> managers = FieldOwner.of(object).stream()
                .filter(manager ->
                        manager.word().equals("argoCd") && manager.subresource().isEmpty())
                .toList();
        return new DeclaredFields(
                object,
                object.annotation(LAST_APPLIED).map(DeclaredFields::read).orElse(MissingNode.getInstance()),
                managers);
    }

    boolean has(PatchedField field) {
        if (applied.isMissingNode() && managers.isEmpty()) {
            return field.keys().get(0).equals("spec") && !field.keys().contains("annotations");
        }
        return !field.in(applied).isMissingNode()
                || managers.stream().anyMatch(manager -> field.ownedIn(manager.fields()));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
