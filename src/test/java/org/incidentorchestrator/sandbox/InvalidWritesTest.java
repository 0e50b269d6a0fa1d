package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvalidWritesTest {
    private final Operator operator = new Operator("mcp-gateway");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            {'spec': {'replicas': -1}}                                                    | spec.replicas
            {'spec': {'replicas': '3'}}                                                   | expected an integer
            {'spec': {'replicas': 2.5}}                                                   | expected an integer
            {'spec': {'paused': 'yes'}}                                                   | expected a boolean
            {'metadata': {'annotations': {'a': 5}}}                                       | metadata.annotations.a
            {'spec': {'template': {'spec': {'containers': [{'name': 'new'}]}}}}           | containers[1].image
            {'spec': {'template': {'metadata': {'labels': {'app': 'other'}}}}}            | does not match template
            {'spec': {'selector': {'matchLabels': {'tier': 'web'}}}}                      | spec
            {'metadata': {'name': 'other'}}                                               | field is immutable
            """)
    void what_an_api_server_would_not_take_is_refused_with_the_field_and_the_reason(String patch, String reason) {
        KubernetesObject before = operator.deployment();
        for (Write write : Write.values()) {
            assertThatExceptionOfType(ClusterFailure.class)
                    .isThrownBy(() -> operator.apply(Json.object(patch), write))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID))
                    .withMessageContaining(reason);
        }
        assertThat(operator.deployment()).isEqualTo(before);
        assertThat(operator.sandbox.writes()).isEmpty();
    }

    @Test
    void the_spec_of_a_running_pod_is_not_for_changing() {
        KubernetesObject pod = operator.pods().get(0);

        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> operator.sandbox.patch(pod.target(), Json.object("{'spec': {'nodeName': 'n'}}")))
                .withMessageContaining("pod updates may not change");
    }

    @Test
    void a_field_that_cannot_be_selected_by_is_named() {
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() ->
                        operator.reader().list(ResourceType.PODS, Query.in("").where("spec.priority", "1")))
                .withMessageContaining("spec.priority");
    }

    @Test
    void a_rehearsed_change_leaves_no_trace() {
        KubernetesObject before = operator.deployment();
        var receipt = operator.apply(Json.object("{'spec': {'replicas': 7}}"), Write.DRY_RUN);

        assertThat(receipt.after().number("/spec/replicas")).contains(7);
        operator.waits(30);
        assertThat(operator.deployment()).isEqualTo(before);
        assertThat(operator.sandbox.writes()).isEmpty();
        assertThat(operator.sandbox.view().changes()).isZero();
    }

    @Test
    void a_change_is_noted_with_the_step_that_made_it() {
        operator.patch(Json.object("{'metadata': {'annotations': {'incident-orchestrator/step': 'job-7'}}, 'spec':"
                + " {'replicas': 3}}"));

        assertThat(operator.sandbox.writes()).singleElement().satisfies(write -> {
            assertThat(write.operation()).isEqualTo("patch");
            assertThat(write.target()).isEqualTo("Deployment/a1-orchestrator/mcp-gateway");
            assertThat(write.step()).isEqualTo("job-7");
        });
        assertThat(operator.sandbox.view().changes()).isEqualTo(1);
    }
}
