package org.incidentorchestrator.step.verb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.support.TestClock;

class BackupOnSandboxTest extends BackupContract {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @Override
    ClusterReader reader() {
        return sandbox.reader();
    }

    @Override
    ClusterWriter writer() {
        return sandbox.writer();
    }

    @Override
    String namespace() {
        return Sandbox.NAMESPACE;
    }

    @Override
    void deploy() {
        OBJECTS.values().forEach(yaml -> sandbox.create(Manifest.tree(yaml.replace("NAMESPACE", namespace()))));
        clock.pass(Duration.ofSeconds(5));
        assertThat(there(ResourceType.PODS)).anyMatch(pod -> pod.name().startsWith("kept-"));
    }

    @Override
    void deleteAll() {
        OBJECTS.values()
                .forEach(yaml -> sandbox.delete(
                        Manifest.of(yaml.replace("NAMESPACE", namespace())).target()));
        clock.pass(Duration.ofMinutes(1));
        assertThat(there(ResourceType.PODS)).noneMatch(pod -> pod.name().startsWith("kept-"));
    }
}
