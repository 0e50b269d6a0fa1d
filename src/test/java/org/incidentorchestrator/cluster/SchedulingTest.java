package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.incidentorchestrator.cluster.Scheduling.Blocker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scheduler's messages, as releases 1.28 to 1.34 word them. */
class SchedulingTest {
    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0/1 nodes are available: 1 Insufficient memory. | RESOURCES",
                "0/1 nodes are available: 1 Too many pods. | RESOURCES",
                "0/3 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, 2 Insufficient cpu. | RESOURCES",
                "0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: control}. | TAINT",
                "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s). | TAINT",
                "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints. | AFFINITY",
                "0/2 nodes are available: 2 node(s) had volume node affinity conflict. | VOLUME",
                "0/2 nodes are available: persistentvolumeclaim \"data\" not found. | VOLUME",
                "0/2 nodes are available: 2 node(s) were unschedulable. | NODES",
                "no nodes available to schedule pods | NODES",
                "0/1 nodes are available: 1 cannot allocate all claims. | OTHER"
            })
    void what_holds_up_the_most_nodes_is_named(String message, Blocker blocker) {
        assertThat(Scheduling.of(pod("Unschedulable", message)).blocker()).isEqualTo(blocker);
    }

    @Test
    void each_reason_keeps_its_number_of_nodes_and_preemption_is_left_out() {
        assertThat(Scheduling.of(pod(
                                "Unschedulable",
                                "0/5 nodes are available: 1 node(s) had untolerated taint {a: b, c: d}, 4 Insufficient cpu."
                                        + " preemption: 0/5 nodes are available: 5 No preemption victims found."))
                        .reasons())
                .containsExactly("1 node(s) had untolerated taint {a: b, c: d}", "4 Insufficient cpu");
    }

    @Test
    void a_gate_is_no_fault_of_the_nodes_and_a_pod_with_a_node_is_held_up_by_nothing() {
        assertThat(Scheduling.of(pod("SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates"))
                        .blocker())
                .isEqualTo(Blocker.GATE);
        assertThat(Scheduling.of(Manifest.of("{status: {conditions: [{type: PodScheduled, status: \"True\"}]}}"))
                        .blocker())
                .isEqualTo(Blocker.NONE);
    }

    private static KubernetesObject pod(String reason, String message) {
        return Manifest.of("status:\n  conditions:\n  - type: PodScheduled\n    status: \"False\"\n    reason: "
                + reason + "\n    message: '" + message.replace("'", "''") + "'\n");
    }
}
