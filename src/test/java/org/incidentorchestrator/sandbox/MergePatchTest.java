package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class MergePatchTest {
    private final ObjectNode application = Json.object(
            "{'spec': {'syncPolicy': {'automated': {'selfHeal': true, 'prune': true}}, 'sources': [1, 2]}}");

    @Test
    void maps_merge_and_null_deletes() {
        ObjectNode merged = MergePatch.merge(
                application,
                Json.object("{'spec': {'syncPolicy': {'automated': {'selfHeal': false, 'prune': null}}}}"));

        assertThat(merged.at("/spec/syncPolicy/automated")).hasToString("{\"selfHeal\":false}");
        assertThat(merged.at("/spec/sources")).hasSize(2);
        assertThat(application.at("/spec/syncPolicy/automated")).as("untouched").hasSize(2);
    }

    @Test
    void a_list_is_replaced_whole() {
        assertThat(MergePatch.merge(application, Json.object("{'spec': {'sources': [3]}}"))
                        .at("/spec/sources"))
                .hasToString("[3]");
    }

    @Test
    void a_map_takes_the_place_of_a_plain_value_without_its_nulls() {
        assertThat(MergePatch.merge(Json.object("{'operation': 1}"), Json.object("{'operation': {'a': 1, 'b': null}}")))
                .hasToString("{\"operation\":{\"a\":1}}");
    }
}
