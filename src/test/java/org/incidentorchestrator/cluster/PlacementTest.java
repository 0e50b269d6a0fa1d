package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
    private static final String READY = "status: {conditions: [{type: Ready, status: \"True\"}]}";
    private static final KubernetesObject NODE =
            Manifest.of("metadata: {name: node-1, labels: {disk: ssd, cores: \"8\"}}\n" + READY);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | ",
                "{nodeSelector: {disk: ssd}} | ",
                "{nodeSelector: {disk: hdd}} | does not match the node selector disk=hdd",
                "{key: disk, operator: In, values: [ssd, nvme]} | ",
                "{key: disk, operator: DoesNotExist} | does not match the node affinity",
                "{key: cores, operator: Gt, values: [\"4\"]} | ",
                "{key: cores, operator: Lt, values: [\"8\"]} | does not match the node affinity",
                "{key: disk, operator: Gt, values: [\"4\"]} | does not match the node affinity"
            })
    void a_pod_goes_where_its_spec_lets_it(String spec, String refusal) {
        KubernetesObject pod =
                Manifest.of(spec.startsWith("{key") ? affinity("matchExpressions: [" + spec + "]") : spec);
        assertThat(Placement.of(pod).refusal(new NodeView(NODE)).orElse(null)).isEqualTo(refusal);
    }

    @Test
    void one_term_of_several_is_enough_and_an_empty_one_matches_nothing() {
        KubernetesObject byName =
                Manifest.of(affinity("}, {matchFields: [{key: metadata.name, operator: In, values: [node-1]}]"));
        assertThat(Placement.of(byName).refusal(new NodeView(NODE))).isEmpty();
        assertThat(Placement.of(Manifest.of(affinity(""))).refusal(new NodeView(NODE)))
                .hasValue("does not match the node affinity");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{operator: Exists} | true",
                "{key: dedicated, operator: Exists} | true",
                "{key: dedicated, operator: Exists, effect: NoExecute} | false",
                "{key: dedicated, value: control} | true",
                "{key: dedicated, value: control, effect: NoSchedule} | true",
                "{key: dedicated, value: data} | false",
                "{key: other, operator: Exists} | false"
            })
    void a_taint_is_tolerated_by(String toleration, boolean tolerated) {
        KubernetesObject node = Manifest.of("{metadata: {name: node-1}, " + READY
                + ", spec: {taints: [{key: dedicated, value: control, effect: NoSchedule}]}}");
        KubernetesObject pod = Manifest.of("{tolerations: [" + toleration + "]}");
        assertThat(Placement.of(pod).refusal(new NodeView(node)).isEmpty()).isEqualTo(tolerated);
    }

    @Test
    void a_taint_that_only_prefers_keeps_nobody_off() {
        KubernetesObject node = Manifest.of("{metadata: {name: node-1}, " + READY
                + ", spec: {taints: [{key: dedicated, effect: PreferNoSchedule}]}}");
        assertThat(Placement.of(Manifest.of("{}")).refusal(new NodeView(node))).isEmpty();
    }

    private static String affinity(String term) {
        return "{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{"
                + term + "}]}}}}";
    }
}
