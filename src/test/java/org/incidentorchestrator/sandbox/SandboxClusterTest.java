package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.incidentorchestrator.cluster.ClusterContract;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.support.TestClock;

/** The sandbox is held to what everything else relies on of a cluster, without exception. */
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
        public Optional<String> cannot(Ability ability) {
            return Optional.empty();
        }

        private void make(String name, String yaml) {
            sandbox.create((ObjectNode) Manifest.tree(yaml.replace("NAME", name)));
        }
    }
}
