package org.incidentorchestrator.step.verb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Manifest;
import org.junit.jupiter.api.Test;

/** What a raw dump holds and nobody can apply again (runbook B01), kind by kind. */
class ReappliableTest {
    @Test
    void a_claim_is_not_bound_to_the_volume_that_it_had() {
        assertThat(
                        stripped(
                                """
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata:
                          name: traces
                          annotations: { pv.kubernetes.io/bind-completed: "yes", team: tracing }
                          finalizers: [kubernetes.io/pvc-protection]
                        spec: { storageClassName: fast, volumeName: pvc-0815 }
                        status: { phase: Bound }"""))
                .isEqualTo(
                        Manifest.of(
                                """
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: { name: traces, annotations: { team: tracing } }
                        spec: { storageClassName: fast }"""));
    }

    @Test
    void a_job_selects_its_pods_by_labels_that_it_gets_anew() {
        assertThat(
                        stripped(
                                """
                        apiVersion: batch/v1
                        kind: Job
                        metadata: { name: migrate }
                        spec:
                          selector: { matchLabels: { batch.kubernetes.io/controller-uid: abc } }
                          template:
                            metadata: { labels: { app: migrate, controller-uid: abc, job-name: migrate } }"""))
                .isEqualTo(
                        Manifest.of(
                                """
                        apiVersion: batch/v1
                        kind: Job
                        metadata: { name: migrate }
                        spec: { template: { metadata: { labels: { app: migrate } } } }"""));
    }

    @Test
    void a_pod_of_its_own_goes_to_any_node_and_gets_its_token_anew() {
        assertThat(
                        stripped(
                                """
                        apiVersion: v1
                        kind: Pod
                        metadata: { name: tool }
                        spec:
                          nodeName: node-1
                          volumes: [{ name: kube-api-access-x2x1z, projected: {} }, { name: data, emptyDir: {} }]
                          containers:
                            - name: tool
                              volumeMounts:
                                - { name: kube-api-access-x2x1z, mountPath: /var/run/secrets }
                                - { name: data, mountPath: /data }"""))
                .isEqualTo(
                        Manifest.of(
                                """
                        apiVersion: v1
                        kind: Pod
                        metadata: { name: tool }
                        spec:
                          volumes: [{ name: data, emptyDir: {} }]
                          containers: [{ name: tool, volumeMounts: [{ name: data, mountPath: /data }] }]"""));
    }

    @Test
    void a_secret_carries_no_copy_of_itself_in_an_annotation() {
        assertThat(stripped(
                                """
                        apiVersion: v1
                        kind: Secret
                        metadata:
                          name: credentials
                          annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"data":{"password":"x"}}' }
                        data: { password: eA== }""")
                        .at("/metadata/annotations")
                        .exists())
                .isFalse();
    }

    @Test
    void what_others_make_again_is_left_out_for_a_reason() {
        assertThat(leftOut("{kind: Secret, type: kubernetes.io/service-account-token, metadata: {name: t}}"))
                .isEqualTo(LeftOut.MADE_BY_KUBERNETES);
        assertThat(leftOut("{kind: Endpoints, metadata: {name: mcp-gateway}}")).isEqualTo(LeftOut.MADE_BY_KUBERNETES);
        assertThat(leftOut("{kind: Endpoints, metadata: {name: database-outside}}"))
                .isNull();
        assertThat(
                        leftOut(
                                "{kind: Secret, metadata: {name: s, ownerReferences: [{kind: ExternalSecret, controller: true}]}}"))
                .isEqualTo(LeftOut.OWNED);
        assertThat(leftOut("{kind: Secret, metadata: {name: s, ownerReferences: [{kind: ConfigMap}]}}"))
                .isNull();
    }

    private static LeftOut leftOut(String yaml) {
        return LeftOut.of(Manifest.of(yaml), Set.of("mcp-gateway")).orElse(null);
    }

    private static KubernetesObject stripped(String yaml) {
        return Reappliable.of(Manifest.of(yaml));
    }
}
