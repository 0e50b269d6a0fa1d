package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchedFieldTest {
    private static final String LIMIT =
            "{spec: {template: {spec: {containers: [{name: app, resources: {limits: {memory: 1Gi}}}]}}}}";
    private static final String OWNED =
            """
            {'f:spec': {'f:template': {'f:spec': {'f:containers': {'k:{"name":"%s"}': {'f:resources': {'f:limits':
              %s}}}}}}}
            """;

    @Test
    void a_patch_sets_each_of_its_values_by_itself() {
        List<PatchedField> fields = PatchedField.of(
                Manifest.tree("{metadata: {annotations: {a/b: x}}, spec: {replicas: 3, list: [1, 2]}}"), false);
        assertThat(fields)
                .extracting(PatchedField::text)
                .containsExactly("metadata.annotations.a/b", "spec.replicas", "spec.list");
        assertThat(fields.get(0).pointer(Manifest.tree("{}"))).isEqualTo("/metadata/annotations/a~1b");
    }

    @Test
    void an_item_of_a_list_is_meant_by_its_name_wherever_it_stands() {
        PatchedField limit = limit();
        JsonNode second = containers("[{name: proxy}, {name: app, resources: {limits: {memory: 512Mi}}}]");
        assertThat(limit.pointer(second)).isEqualTo("/spec/template/spec/containers/1/resources/limits/memory");
        assertThat(limit.in(second).asText()).isEqualTo("512Mi");
        assertThat(limit.in(containers("[{name: proxy}]")).isMissingNode()).isTrue();
        assertThat(limit.text()).isEqualTo("spec.template.spec.containers[app].resources.limits.memory");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"1Gi, true", "1024Mi, true", "'1073741824', true", "1G, false", "512Mi, false", "much, false"})
    void a_quantity_is_the_same_however_it_is_written(String memory, boolean same) {
        JsonNode now = containers("[{name: app, resources: {limits: {memory: " + memory + "}}}]");
        assertThat(limit().holds(now)).isEqualTo(same);
    }

    @Test
    void what_is_taken_away_is_there_no_more_when_it_holds() {
        PatchedField gone = PatchedField.of(Manifest.tree("{metadata: {annotations: {a: null}}}"), false)
                .get(0);
        assertThat(gone.holds(Manifest.tree("{metadata: {annotations: {b: x}}}")))
                .isTrue();
        assertThat(gone.holds(Manifest.tree("{metadata: {annotations: {a: x}}}")))
                .isFalse();
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "app, '{''f:memory'': {}}', true",
        "app, '{''f:cpu'': {}}', false",
        "proxy, '{''f:memory'': {}}', false",
        "app, '{}', true"
    })
    void a_manager_owns_what_is_among_its_fields_or_lies_in_one_of_them(
            String container, String limits, boolean owned) {
        assertThat(limit().ownedIn(Manifest.tree(OWNED.formatted(container, limits))))
                .isEqualTo(owned);
        assertThat(limit().ownedIn(Manifest.tree("{}"))).isFalse();
    }

    @Test
    void the_owner_is_who_wrote_it_last() {
        KubernetesObject object = Manifest.of(
                """
                metadata:
                  managedFields:
                  - {manager: incident-orchestrator, time: "2026-11-24T12:00:00Z", fieldsV1: {'f:spec': {'f:paused': {}}}}
                  - {manager: before, time: "2026-11-24T11:00:00Z", fieldsV1: {'f:spec': {'f:replicas': {}}}}
                  - {manager: kube-controller-manager, subresource: scale, time: "2026-11-24T12:00:20Z",
                     fieldsV1: {'f:spec': {'f:replicas': {}}}}
                  - {manager: without-fields, time: "2026-11-24T12:30:00Z"}
                """);
        PatchedField replicas =
                PatchedField.of(Manifest.tree("{spec: {replicas: 3}}"), false).get(0);
        Optional<FieldOwner> owner = replicas.owner(object);
        assertThat(owner.map(FieldOwner::word)).contains("autoscaler");
        assertThat(owner.map(FieldOwner::text)).contains("kube-controller-manager (scale) at 2026-11-24T12:00:20Z");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "argocd-controller, argoCd",
        "argocd-application-controller, argoCd",
        "keda-operator, keda",
        "keda, keda",
        "kubectl-edit, person",
        "kubectl, person",
        "kubectl-client-side-apply, person",
        "incident-orchestrator, self",
        "kube-controller-manager, other",
        "helm, other"
    })
    void a_manager_is_known_by_how_it_names_itself(String name, String word) {
        KubernetesObject object =
                Manifest.of("metadata: {managedFields: [{manager: %s, fieldsV1: {'f:spec': {}}}]}".formatted(name));
        assertThat(FieldOwner.of(object)).extracting(FieldOwner::word).containsExactly(word);
    }

    private static PatchedField limit() {
        return PatchedField.of(Manifest.tree(LIMIT), false).get(0);
    }

    private static JsonNode containers(String list) {
        return Manifest.tree("{spec: {template: {spec: {containers: " + list + "}}}}");
    }
}
