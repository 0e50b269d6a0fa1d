package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final KubernetesObject DEPLOYMENT = Manifest.of(
            """
            kind: Deployment
            metadata: {name: gateway, namespace: apps, uid: u1, resourceVersion: "7", managedFields: [{manager: x}]}
            spec: {replicas: 2, template: {metadata: {labels: {app: gateway}}}}
            status: {replicas: 2}
            """);

    @Test
    void a_patch_shows_the_object_before_and_after_without_what_moves_by_itself() {
        ObjectNode body = (ObjectNode) Manifest.tree("spec: {template: {metadata: {annotations: {restarted: now}}}}");
        OnCluster effect = (OnCluster) Effects.patch(DEPLOYMENT, "restart", body, "/spec/replicas", "/spec/paused");
        assertThat(effect.now())
                .isEqualTo(
                        Manifest.tree(
                                """
                                kind: Deployment
                                metadata: {name: gateway, namespace: apps, uid: u1, resourceVersion: "7"}
                                spec: {replicas: 2, template: {metadata: {labels: {app: gateway}}}}
                                """));
        assertThat(effect.then().at("/spec/template/metadata"))
                .isEqualTo(Manifest.tree("{labels: {app: gateway}, annotations: {restarted: now}}"));
        assertThat(effect.before())
                .isEqualTo(Map.of(
                        "/spec/replicas",
                        "2",
                        "/spec/paused",
                        "null",
                        "/spec/template/metadata/annotations/restarted",
                        "null"));
    }

    @Test
    void a_container_in_a_list_is_found_by_its_name_and_the_others_stay_as_they_are() {
        KubernetesObject two = Manifest.of(
                """
                kind: Deployment
                metadata: {name: gateway, namespace: apps, uid: u1, resourceVersion: "7"}
                spec: {template: {spec: {containers: [{name: proxy, image: p}, {name: app, image: a,
                  resources: {limits: {memory: 512Mi, cpu: "1"}}}]}}}
                """);
        String memory = "{template: {spec: {containers: [{name: app, resources: {limits: {memory: %s}}}]}}}";
        ObjectNode body = (ObjectNode) Manifest.tree("spec: " + memory.formatted("1Gi"));
        OnCluster effect = (OnCluster) Effects.patch(two, "limit", body);
        assertThat(effect.then().at("/spec/template/spec/containers"))
                .isEqualTo(
                        Manifest.tree(
                                "[{name: proxy, image: p}, {name: app, image: a, resources: {limits: {memory: 1Gi, cpu: '1'}}}]"));
        assertThat(effect.before())
                .isEqualTo(Map.of("/spec/template/spec/containers/1/resources/limits/memory", "\"512Mi\""));
        assertThat(effect.undo()).contains(Manifest.tree("spec: " + memory.formatted("512Mi")));
    }

    @Test
    void what_is_set_for_the_first_time_is_taken_away_when_it_is_undone() {
        ObjectNode body = (ObjectNode) Manifest.tree("metadata: {annotations: {a/b: x}}");
        OnCluster effect = (OnCluster) Effects.patch(DEPLOYMENT, "note", body);
        assertThat(effect.before()).isEqualTo(Map.of("/metadata/annotations/a~1b", "null"));
        assertThat(effect.undo()).contains(Manifest.tree("metadata: {annotations: {a/b: null}}"));
        assertThat(((OnCluster) Effects.patchForGood(DEPLOYMENT, "note", body)).undo())
                .isEmpty();
    }

    @Test
    void lists_of_custom_kinds_have_no_names_and_are_replaced_whole() {
        KubernetesObject app = Manifest.of(
                """
                kind: Application
                metadata: {name: a1, namespace: argocd, uid: u1, resourceVersion: "7"}
                spec: {sources: [{name: one}, {name: two}]}
                """);
        ObjectNode body = (ObjectNode) Manifest.tree("spec: {sources: [{name: two, path: x}]}");
        OnCluster effect = (OnCluster) Effects.patch(app, "change", body);
        assertThat(effect.then().at("/spec/sources")).isEqualTo(Manifest.tree("[{name: two, path: x}]"));
        assertThat(effect.undo()).contains(Manifest.tree("spec: {sources: [{name: one}, {name: two}]}"));
    }

    @Test
    void a_password_in_a_template_is_not_shown() {
        KubernetesObject secret = Manifest.of(
                """
                kind: Deployment
                metadata: {name: gateway, namespace: apps, uid: u1, resourceVersion: "7"}
                spec: {template: {spec: {containers: [{name: app, env: [{name: KEY, value: hunter2}]}]}}}
                """);
        ObjectNode body = (ObjectNode)
                Manifest.tree(
                        "spec: {template: {$patch: replace, spec: {containers: [{name: app, env: [{name: KEY, value: hunter3}]}]}}}");
        OnCluster effect = (OnCluster) Effects.patchForGood(secret, "rollBack", body);
        assertThat(effect.now().toString()).doesNotContain("hunter");
        assertThat(effect.then().toString()).doesNotContain("hunter", "$patch").contains("KEY");
        assertThat(effect.before()).isEmpty();
    }

    @Test
    void after_an_eviction_there_is_no_such_pod() {
        KubernetesObject pod = Manifest.of(
                "{kind: Pod, metadata: {name: x, namespace: apps, uid: u2, resourceVersion: '9'}, spec: {}}");
        OnCluster effect = (OnCluster) Effects.evict(pod, "replace");
        assertThat(effect.now().at("/metadata/name").asText()).isEqualTo("x");
        assertThat(effect.then()).isEmpty();
        assertThat(effect.change().basis().orElseThrow().uid()).isEqualTo("u2");
    }
}
