package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Manifest;
import org.junit.jupiter.api.Test;

class KeptTest {
    private static final KubernetesObject DEPLOYMENT = Manifest.of(
            """
            kind: Deployment
            metadata:
              name: gateway
              managedFields: [{manager: kubectl}]
              annotations: {kubectl.kubernetes.io/last-applied-configuration: 'has hunter2 in it', owner: platform}
            spec:
              template:
                spec:
                  initContainers: [{name: init, env: [{name: TOKEN, value: hunter2}]}]
                  containers:
                  - name: app
                    env:
                    - {name: PASSWORD, value: hunter2}
                    - {name: FROM, valueFrom: {secretKeyRef: {name: db, key: password}}}
            status: {replicas: 2}
            """);

    @Test
    void the_value_of_an_environment_variable_is_kept_nowhere() {
        String kept = Kept.json("gateway.json", "kubectl", List.of(DEPLOYMENT)).content();
        assertThat(kept).doesNotContain("hunter2").contains("PASSWORD", "TOKEN", "secretKeyRef", "platform");
        assertThat(Kept.spec(DEPLOYMENT).toString()).doesNotContain("hunter2");
    }

    @Test
    void bookkeeping_is_left_out_and_status_where_a_person_compares() {
        String kept = Kept.json("gateway.json", "kubectl", List.of(DEPLOYMENT)).content();
        assertThat(kept).doesNotContain("managedFields").contains("status");
        assertThat(Kept.spec(DEPLOYMENT).has("status")).isFalse();
    }
}
