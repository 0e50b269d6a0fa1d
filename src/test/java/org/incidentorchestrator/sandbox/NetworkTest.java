package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EndpointView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NetworkContract;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;

/** The sandbox is held to what real API servers say of services, slices and policies. */
class NetworkTest extends NetworkContract {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @Override
    protected ClusterReader reader() {
        return sandbox.reader();
    }

    @Override
    protected String namespace() {
        return Sandbox.NAMESPACE;
    }

    @Override
    protected void make(ResourceType type, ObjectNode manifest) {
        sandbox.create(manifest);
    }

    @Override
    protected void await(String what, BooleanSupplier done) {
        for (int second = 0; second < 60; second++) {
            if (done.getAsBoolean()) {
                return;
            }
            clock.pass(Duration.ofSeconds(1));
        }
        fail("not within a minute: " + what);
    }

    // ---- what goes too fast elsewhere

    @Test
    void a_pod_that_is_being_deleted_is_behind_its_service_still_and_gets_no_traffic() {
        KubernetesObject pod = reader().list(ResourceType.PODS, Query.in(Sandbox.NAMESPACE)).stream()
                .filter(each -> each.name().startsWith("mcp-gateway-"))
                .findFirst()
                .orElseThrow();
        sandbox.delete(pod.target());
        assertThat(EndpointView.of(reader().list(ResourceType.ENDPOINT_SLICES, Query.in(Sandbox.NAMESPACE))))
                .filteredOn(endpoint -> endpoint.pod().equals(pod.name()))
                .singleElement()
                .matches(endpoint -> endpoint.terminating() && !endpoint.ready());
    }
}
