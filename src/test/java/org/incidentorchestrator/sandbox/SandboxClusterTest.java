package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterContract;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.LogAnswer;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;

/**
 * The sandbox is held to what everything else relies on of a cluster, without exception; and to what pods that run
 * show, which the test cluster's pods, played by kwok, do not.
 */
class SandboxClusterTest extends ClusterContract {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @Override
    protected ClusterReader reader() {
        return sandbox.reader();
    }

    @Override
    protected ClusterWriter writer() {
        return sandbox.writer();
    }

    @Override
    protected Stage stage() {
        return new SandboxStage();
    }

    // ---- what only the sandbox shows: pods that run

    @Test
    void a_pod_is_asked_over_http_and_any_status_is_an_answer() {
        stage().deploy("seen", 2);
        String pod = pods("seen").get(0).name();
        assertThat(reader().http(HttpQuery.ofPod(Sandbox.NAMESPACE, pod, "http", 8080, "/health"))
                        .ok())
                .isTrue();
        assertThat(status(HttpQuery.ofPod(Sandbox.NAMESPACE, pod, "http", 8080, "/no-such-path")))
                .isEqualTo(404);
        assertThat(reader().http(HttpQuery.ofPod(Sandbox.NAMESPACE, pod, "http", 9090, "/health")))
                .isInstanceOfSatisfying(HttpAnswer.Unanswered.class, none -> assertThat(none.reason())
                        .contains("connection refused"));
    }

    @Test
    void a_pod_that_does_not_serve_says_so_over_http() {
        stage().deploy("unwell", 2);
        KubernetesObject bad = stage().oneBadPod("unwell");
        assertThat(status(HttpQuery.ofPod(Sandbox.NAMESPACE, bad.name(), "http", 8080, "/health")))
                .isEqualTo(503);
    }

    private int status(HttpQuery query) {
        return ((HttpAnswer.Answered) reader().http(query)).status();
    }

    @Test
    void a_service_is_asked_over_http_and_a_ready_pod_answers() {
        stage().deploy("asked", 2);
        stage().serve("asked");
        stage().oneBadPod("asked");
        assertThat(status(HttpQuery.ofService(Sandbox.NAMESPACE, "asked", "http", 8080, "/health")))
                .isEqualTo(200);
    }

    @Test
    void a_container_that_never_ended_has_no_previous_logs() {
        stage().deploy("seen", 2);
        String pod = pods("seen").get(0).name();
        assertThat(reader().logs(new LogQuery(Sandbox.NAMESPACE, pod, CONTAINER, true, 10, 1000)))
                .isInstanceOf(LogAnswer.None.class);
    }

    @Test
    void a_program_that_fails_says_so_by_its_exit_code() {
        stage().deploy("seen", 2);
        String pod = pods("seen").get(0).name();
        var query = new ExecQuery(Sandbox.NAMESPACE, pod, CONTAINER, List.of("ls", "/nowhere"), 1000);
        assertThat(reader().exec(query)).isInstanceOfSatisfying(ExecAnswer.Ended.class, ended -> {
            assertThat(ended.ok()).isFalse();
            assertThat(ended.err()).contains("/nowhere");
        });
    }

    @Test
    void no_program_is_started_in_a_container_that_does_not_run() {
        stage().deploy("looping", 1);
        stage().crash("looping");
        stage().await("a container that waits", () -> pods("looping")
                .get(0)
                .at("/status/containerStatuses/0/state/waiting")
                .exists());
        String pod = pods("looping").get(0).name();
        var query = new ExecQuery(Sandbox.NAMESPACE, pod, CONTAINER, List.of("ls", "/"), 1000);
        assertThat(reader().exec(query))
                .isEqualTo(new ExecAnswer.NotStarted("container app does not run: CrashLoopBackOff"));
    }

    private final class SandboxStage implements Stage {
        @Override
        public String namespace() {
            return Sandbox.NAMESPACE;
        }

        @Override
        public void deploy(String name, int replicas) {
            if (reader().get(ResourceType.DEPLOYMENTS, namespace(), name).isEmpty()) {
                make(
                        name,
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: { name: NAME, namespace: a1-orchestrator, labels: { app: NAME } }
                        spec:
                          replicas: %d
                          selector: { matchLabels: { app: NAME } }
                          template:
                            metadata: { labels: { app: NAME } }
                            spec:
                              containers:
                                - name: app
                                  image: example/app:1.0
                                  ports: [{ containerPort: 8080 }]
                                  resources: { limits: { cpu: 500m, memory: 512Mi } }
                                  readinessProbe: { httpGet: { path: /health, port: 8080 } }
                        """
                                .formatted(replicas));
                await("the pods of " + name, () -> deployment(name).number("/status/readyReplicas", 0) == replicas);
            }
        }

        @Override
        public void serve(String name) {
            make(
                    name,
                    """
                    apiVersion: v1
                    kind: Service
                    metadata: { name: NAME, namespace: a1-orchestrator }
                    spec:
                      selector: { app: NAME }
                      ports: [{ port: 8080, targetPort: 8080 }]
                    """);
        }

        @Override
        public void budget(String name, int minAvailable) {
            make(
                    name,
                    """
                    apiVersion: policy/v1
                    kind: PodDisruptionBudget
                    metadata: { name: NAME, namespace: a1-orchestrator }
                    spec:
                      minAvailable: %d
                      selector: { matchLabels: { app: NAME } }
                    """
                            .formatted(minAvailable));
        }

        @Override
        public void await(String what, BooleanSupplier done) {
            for (int second = 0; second < 60; second++) {
                if (done.getAsBoolean()) {
                    return;
                }
                clock.pass(Duration.ofSeconds(1));
            }
            fail("not within a minute: " + what);
        }

        @Override
        public KubernetesObject oneBadPod(String name) {
            sandbox.play(Scenario.ONE_BAD_POD, name);
            await("a pod that is not ready", () -> bad(name).findFirst().isPresent());
            return bad(name).findFirst().orElseThrow();
        }

        private Stream<KubernetesObject> bad(String name) {
            return pods(name).stream().filter(pod -> !PodView.of(pod).ready());
        }

        @Override
        public void crash(String name) {
            sandbox.play(Scenario.CRASH_UNTIL_RESTARTED, name);
        }

        private void make(String name, String yaml) {
            sandbox.create((ObjectNode) Manifest.tree(yaml.replace("NAME", name)));
        }
    }
}
