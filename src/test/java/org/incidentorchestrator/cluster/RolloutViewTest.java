package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutViewTest {
    private static final String HEAD = "{kind: %s, metadata: {name: x, generation: 2}, spec: %s, status: %s}";

    @ParameterizedTest(name = "{2}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {replicas: 2} | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2} | COMPLETE | 2 replicas updated and available
                    {replicas: 2} | {observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2} | PROGRESSING | its controller has not seen the new spec yet
                    {replicas: 2} | {observedGeneration: 2, replicas: 2, updatedReplicas: 1, availableReplicas: 2} | PROGRESSING | 1 of 2 new replicas have been updated
                    {replicas: 2} | {observedGeneration: 2, replicas: 3, updatedReplicas: 2, availableReplicas: 2} | PROGRESSING | 1 old replicas are pending termination
                    {replicas: 2} | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 1} | PROGRESSING | 1 of 2 updated replicas are available
                    {replicas: 2} | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}]} | STALLED | exceeded its progress deadline
                    {replicas: 2, paused: true} | {observedGeneration: 2, replicas: 2, updatedReplicas: 1} | PAUSED | 1 of 2 new replicas have been updated
                    {replicas: 2, paused: true} | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2} | COMPLETE | 2 replicas updated and available
                    {replicas: 0} | {observedGeneration: 2} | COMPLETE | 0 replicas updated and available
                    """)
    void a_deployment_is_judged_as_kubectl_rollout_status_does(
            String spec, String status, RolloutView.State state, String text) {
        assertThat(rollout("Deployment", spec, status))
                .extracting(RolloutView::state, RolloutView::text)
                .containsExactly(state, text);
    }

    @ParameterizedTest(name = "{2}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {replicas: 3} | {observedGeneration: 2, readyReplicas: 3, updatedReplicas: 1, updateRevision: b, currentRevision: a} | PROGRESSING | 1 of 3 pods are at revision b
                    {replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}} | {observedGeneration: 2, readyReplicas: 3, updatedReplicas: 1, updateRevision: b, currentRevision: a} | COMPLETE | 3 pods ready
                    {replicas: 3} | {observedGeneration: 2, readyReplicas: 2, updatedReplicas: 3, updateRevision: a, currentRevision: a} | PROGRESSING | 2 of 3 pods are ready
                    {replicas: 3, updateStrategy: {type: OnDelete}} | {observedGeneration: 2, readyReplicas: 3, updateRevision: b, currentRevision: a} | COMPLETE | 3 pods ready
                    """)
    void a_stateful_set_goes_by_revision_and_partition(
            String spec, String status, RolloutView.State state, String text) {
        assertThat(rollout("StatefulSet", spec, status))
                .extracting(RolloutView::state, RolloutView::text)
                .containsExactly(state, text);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 1, numberAvailable: 3} | PROGRESSING | 1 of 3 new pods have been updated
                    {observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2} | PROGRESSING | 2 of 3 updated pods are available
                    {observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3} | COMPLETE | 3 pods updated and available
                    """)
    void a_daemon_set_goes_by_the_nodes_it_fits(String status, RolloutView.State state, String text) {
        assertThat(rollout("DaemonSet", "{}", status))
                .extracting(RolloutView::state, RolloutView::text)
                .containsExactly(state, text);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {conditions: [{type: Complete, status: "True"}]} | COMPLETE | succeeded
                    {conditions: [{type: Failed, status: "True"}]}   | STALLED | failed
                    {active: 1}                                      | PROGRESSING | 1 pods are active
                    """)
    void a_job_is_complete_when_it_has_succeeded(String status, RolloutView.State state, String text) {
        assertThat(rollout("Job", "{}", status))
                .extracting(RolloutView::state, RolloutView::text)
                .containsExactly(state, text);
    }

    @ParameterizedTest(name = "under way: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {observedGeneration: 2, replicas: 2, updatedReplicas: 2, conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]} | false
                    {observedGeneration: 2, replicas: 2, updatedReplicas: 2, conditions: [{type: Progressing, reason: ReplicaSetUpdated}]}     | true
                    {observedGeneration: 2, replicas: 3, updatedReplicas: 1, conditions: [{type: Progressing, reason: ReplicaSetUpdated}]}     | true
                    """)
    void pods_that_fail_long_after_a_rollout_are_no_rollout_under_way(String status, boolean underWay) {
        WorkloadView workload = new WorkloadView(Manifest.of(HEAD.formatted("Deployment", "{replicas: 2}", status)));
        assertThat(RolloutView.of(workload).underWay(workload)).isEqualTo(underWay);
    }

    private static RolloutView rollout(String kind, String spec, String status) {
        return RolloutView.of(new WorkloadView(Manifest.of(HEAD.formatted(kind, spec, status))));
    }
}
