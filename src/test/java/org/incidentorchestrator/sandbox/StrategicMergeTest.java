package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.junit.jupiter.api.Test;

class StrategicMergeTest {
    private final ObjectNode pod = Json.object(
            """
            {'spec': {'containers': [
                {'name': 'app', 'image': 'app:1', 'env': [{'name': 'A', 'value': '1'}, {'name': 'B', 'value': '2'}]},
                {'name': 'side', 'image': 'side:1'}],
              'tolerations': [{'key': 'x'}]}}
            """);

    @Test
    void containers_merge_by_name_and_what_is_not_named_stays() {
        ObjectNode merged = merge("{'spec': {'containers': [{'name': 'app', 'image': 'app:2'}]}}");

        assertThat(merged.at("/spec/containers")).hasSize(2);
        assertThat(merged.at("/spec/containers/0/image").asText()).isEqualTo("app:2");
        assertThat(merged.at("/spec/containers/0/env")).hasSize(2);
        assertThat(merged.at("/spec/containers/1")).isEqualTo(pod.at("/spec/containers/1"));
    }

    @Test
    void lists_within_lists_merge_by_their_own_key() {
        ObjectNode merged = merge("{'spec': {'containers': [{'name': 'app', 'env': [{'name': 'B', 'value': '3'}]}]}}");

        assertThat(merged.at("/spec/containers/0/env/0/value").asText()).isEqualTo("1");
        assertThat(merged.at("/spec/containers/0/env/1/value").asText()).isEqualTo("3");
    }

    @Test
    void other_lists_are_replaced() {
        assertThat(merge("{'spec': {'tolerations': [{'key': 'y'}]}}").at("/spec/tolerations"))
                .hasToString("[{\"key\":\"y\"}]");
    }

    @Test
    void null_takes_a_field_away_and_a_directive_takes_an_item_away() {
        ObjectNode merged =
                merge("{'spec': {'tolerations': null, 'containers': [{'name': 'side', '$patch': 'delete'}]}}");

        assertThat(merged.at("/spec").has("tolerations")).isFalse();
        assertThat(merged.at("/spec/containers")).hasSize(1);
    }

    @Test
    void an_item_without_its_key_is_refused() {
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> merge("{'spec': {'containers': [{'image': 'app:2'}]}}"))
                .withMessageContaining("'containers'")
                .withMessageContaining("'name'");
    }

    @Test
    void ports_of_a_service_merge_by_port_and_those_of_a_container_by_container_port() {
        ObjectNode service = Json.object("{'spec': {'ports': [{'port': 80, 'targetPort': 1}]}}");
        ObjectNode merged =
                StrategicMerge.merge(service, Json.object("{'spec': {'ports': [{'port': 80, 'targetPort': 2}]}}"));

        assertThat(merged.at("/spec/ports")).hasToString("[{\"port\":80,\"targetPort\":2}]");
    }

    @Test
    void what_was_merged_into_is_not_changed() {
        ObjectNode before = pod.deepCopy();
        merge("{'spec': {'containers': [{'name': 'app', 'image': 'app:2'}], 'tolerations': null}}");

        assertThat(pod).isEqualTo(before);
    }

    private ObjectNode merge(String patch) {
        return StrategicMerge.merge(pod, Json.object(patch));
    }
}
