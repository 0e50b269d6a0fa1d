package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The STATUS, READY and RESTARTS columns, word by word as kubectl 1.34 prints them. */
class PodViewTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest(name = "{0} is shown as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {phase: Pending}                                                                      | Pending
                    {}                                                                                    | Unknown
                    {phase: Failed, reason: Evicted}                                                      | Evicted
                    {phase: Pending, conditions: [{type: PodScheduled, reason: SchedulingGated}]}         | SchedulingGated
                    {phase: Running, containerStatuses: [{name: app, ready: true, state: {running: {}}}]} | Running
                    {phase: Running, containerStatuses: [{name: app, state: {waiting: {reason: CrashLoopBackOff}}}]} | CrashLoopBackOff
                    {phase: Pending, containerStatuses: [{name: app, state: {waiting: {reason: ImagePullBackOff}}}]} | ImagePullBackOff
                    {phase: Pending, containerStatuses: [{name: app, state: {waiting: {reason: ContainerCreating}}}]} | ContainerCreating
                    {phase: Running, containerStatuses: [{name: app, state: {terminated: {reason: OOMKilled}}}]} | OOMKilled
                    {phase: Failed, containerStatuses: [{name: app, state: {terminated: {exitCode: 2}}}]} | ExitCode:2
                    {phase: Failed, containerStatuses: [{name: app, state: {terminated: {exitCode: 137, signal: 9}}}]} | Signal:9
                    {phase: Succeeded, containerStatuses: [{name: app, state: {terminated: {reason: Completed, exitCode: 0}}}]} | Completed
                    {phase: Pending, initContainerStatuses: [{name: init, state: {running: {}}}]}         | Init:0/1
                    {phase: Pending, initContainerStatuses: [{name: init, state: {waiting: {reason: PodInitializing}}}]} | Init:0/1
                    {phase: Pending, initContainerStatuses: [{name: init, state: {waiting: {reason: CrashLoopBackOff}}}]} | Init:CrashLoopBackOff
                    {phase: Pending, initContainerStatuses: [{name: init, state: {terminated: {exitCode: 1, reason: Error}}}]} | Init:Error
                    {phase: Pending, initContainerStatuses: [{name: init, state: {terminated: {exitCode: 3}}}]} | Init:ExitCode:3
                    {phase: Pending, initContainerStatuses: [{name: init, state: {terminated: {exitCode: 0}}}], containerStatuses: [{name: app, state: {waiting: {reason: PodInitializing}}}]} | PodInitializing
                    """)
    void a_status_is_the_word_that_kubectl_prints(String status, String word) {
        assertThat(pod(status).status()).isEqualTo(word);
    }

    @Test
    void a_pod_being_deleted_is_terminating_unless_its_node_is_lost_or_it_has_ended() {
        assertThat(deleted("{phase: Running}")).isEqualTo("Terminating");
        assertThat(deleted("{phase: Running, reason: NodeLost}")).isEqualTo("Unknown");
        assertThat(deleted("{phase: Failed, reason: Evicted}")).isEqualTo("Evicted");
    }

    @Test
    void one_completed_container_does_not_hide_that_another_still_runs() {
        String statuses =
                """
                containerStatuses:
                - {name: app, ready: true, state: {running: {}}}
                - {name: once, state: {terminated: {reason: Completed}}}
                """;
        assertThat(pod("phase: Running\n" + statuses + "conditions: [{type: Ready, status: 'True'}]")
                        .status())
                .isEqualTo("Running");
        assertThat(pod("phase: Running\n" + statuses).status()).isEqualTo("NotReady");
    }

    @Test
    void a_sidecar_counts_among_the_containers_and_an_ordinary_init_container_does_not() {
        PodView pod = PodView.of(
                Manifest.of(
                        """
                        metadata: {name: mcp-gateway-x}
                        spec:
                          initContainers: [{name: init}, {name: proxy, restartPolicy: Always}]
                          containers: [{name: app}]
                        status:
                          phase: Running
                          conditions: [{type: Initialized, status: "True"}]
                          initContainerStatuses:
                          - {name: init, restartCount: 4, state: {terminated: {exitCode: 0}}}
                          - {name: proxy, restartCount: 2, started: true, ready: true, state: {running: {}}}
                          containerStatuses:
                          - {name: app, restartCount: 1, ready: false, state: {running: {}}}
                        """));
        assertThat(pod.readyContainers() + "/" + pod.containers()).isEqualTo("1/2");
        assertThat(pod.restarts()).isEqualTo(3);
        assertThat(pod.status()).isEqualTo("Running");
    }

    @Test
    void while_it_initialises_the_restarts_are_those_of_its_init_containers() {
        PodView pod = pod(
                """
                phase: Pending
                initContainerStatuses:
                - {name: init, restartCount: 7, state: {waiting: {reason: CrashLoopBackOff}}}
                containerStatuses:
                - {name: app, restartCount: 0, state: {waiting: {reason: PodInitializing}}}
                """);
        assertThat(pod.restarts()).isEqualTo(7);
    }

    @Test
    void a_table_of_pods_reads_like_kubectl() {
        PodView pod = PodView.of(
                Manifest.of(
                        """
                        metadata: {name: mcp-gateway-x, creationTimestamp: "2026-11-24T09:00:00Z"}
                        spec: {nodeName: node-1, containers: [{name: app}]}
                        status:
                          phase: Running
                          containerStatuses:
                          - name: app
                            restartCount: 5
                            state: {waiting: {reason: CrashLoopBackOff}}
                            lastState: {terminated: {finishedAt: "2026-11-24T11:58:30Z"}}
                        """));
        assertThat(PodView.table(List.of(pod), NOW).toString())
                .isEqualTo(
                        """
                        NAME            READY   STATUS             RESTARTS      AGE   IP       NODE
                        mcp-gateway-x   0/1     CrashLoopBackOff   5 (90s ago)   3h    <none>   node-1
                        """);
    }

    private static String deleted(String status) {
        return PodView.of(Manifest.of("metadata: {name: x, deletionTimestamp: '2026-11-24T11:59:00Z'}\n"
                        + "spec: {containers: [{name: app}]}\nstatus: " + status))
                .status();
    }

    private static PodView pod(String status) {
        String spec = "spec: {initContainers: [{name: init}], containers: [{name: app}, {name: once}]}";
        return PodView.of(Manifest.of("metadata: {name: x}\n" + spec + "\nstatus:\n" + status.indent(2)));
    }
}
