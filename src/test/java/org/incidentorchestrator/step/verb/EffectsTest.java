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
        assertThat(effect.before()).isEqualTo(Map.of("/spec/replicas", "2", "/spec/paused", "null"));
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
