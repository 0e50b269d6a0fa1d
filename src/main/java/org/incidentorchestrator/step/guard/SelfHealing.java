package org.incidentorchestrator.step.guard;

import java.util.List;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PatchedField;

/** An application of Argo CD, as far as it takes back what somebody else changes about an object. */
record SelfHealing(KubernetesObject app, KubernetesObject object) {
    String name() {
        return app.name();
    }

    boolean takesBack(PatchedField field) {
        return heals() && manages() && rules().noneMatch(rule -> leavesAlone(rule, field));
    }

    private boolean heals() {
        KubernetesObject automated = app.at("/spec/syncPolicy/automated");
        return automated.flag("/selfHeal")
                && !automated.text("/enabled", "true").equals("false");
    }

    /** An application that has not said yet what it manages may manage anything. */
    private boolean manages() {
        List<KubernetesObject> resources = app.items("/status/resources");
        return resources.isEmpty() || resources.stream().anyMatch(this::isObject);
    }

    private boolean isObject(KubernetesObject resource) {
        return resource.text("/kind", "").equals(object.kind())
                && resource.text("/namespace", "").equals(object.namespace())
                && resource.text("/name", "").equals(object.name());
    }

    /** What it does not compare. */
    private Stream<KubernetesObject> rules() {
        return app.items("/spec/ignoreDifferences").stream()
                .filter(rule -> rule.text("/kind", "").equals(object.kind()))
                .filter(rule -> rule.text("/name", object.name()).equals(object.name()))
                .filter(rule -> rule.text("/namespace", object.namespace()).equals(object.namespace()));
    }

    private boolean leavesAlone(KubernetesObject rule, PatchedField field) {
        String pointer = field.pointer(object.toJson());
        boolean byPath = Stream.concat(
                        texts(rule, "/jsonPointers"),
                        // Of the paths in jq only the plain ones can be read here.
                        texts(rule, "/jqPathExpressions")
                                .filter(path -> path.matches("(\\.[A-Za-z0-9_]+)+"))
                                .map(path -> path.replace('.', '/')))
                .anyMatch(path -> (pointer + "/").startsWith(path + "/"));
        return byPath || texts(rule, "/managedFieldsManagers").anyMatch(ClusterWriter.FIELD_MANAGER::equals);
    }

    private static Stream<String> texts(KubernetesObject rule, String list) {
        return rule.items(list).stream().map(item -> item.text("", ""));
    }
}
