package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.incidentorchestrator.cluster.AutoscalerView;
import org.incidentorchestrator.cluster.AutoscalerView.State;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.UsageView;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.Test;

/** A high load, and a memory limit that is too low, as metrics and autoscalers show them. */
class LoadTest {
    private final Operator gateway = new Operator("mcp-gateway");
    private final Operator api = new Operator("mcp-orchestrator-api");

    @Test
    void a_high_load_is_shared_by_the_pods_that_there_are() {
        gateway.play(Scenario.LOAD_IS_HIGH);
        gateway.waits(60);
        assertThat(cpu()).isBetween(95, 99);
        assertThat(memory()).isBetween(90, 94);

        gateway.scale(5);
        gateway.waits(60);
        assertThat(memory()).isLessThan(60);
        assertThat(cpu()).as("enough for the memory is not enough for the CPU").isGreaterThan(80);

        gateway.scale(Load.PODS);
        gateway.waits(60);
        assertThat(cpu()).isLessThan(70);
    }

    @Test
    void an_autoscaler_goes_up_to_its_maximum_at_its_next_look_and_says_that_it_is_there() {
        api.play(Scenario.LOAD_IS_HIGH);
        assertThat(autoscaler().state(api.clock.instant())).isEqualTo(State.RESPONDING);
        api.waits(60);

        assertThat(autoscaler().current()).isEqualTo(6);
        assertThat(autoscaler().state(api.clock.instant())).isEqualTo(State.AT_MAXIMUM);
    }

    @Test
    void an_autoscaler_that_may_do_what_is_needed_does_it() {
        bounds(2, 10);
        api.play(Scenario.LOAD_IS_HIGH);
        api.waits(60);

        assertThat(autoscaler().current()).isEqualTo(Load.PODS);
        assertThat(autoscaler().state(api.clock.instant())).isEqualTo(State.RESPONDING);
    }

    @Test
    void an_autoscaler_that_cannot_measure_does_nothing_but_keep_its_bounds() {
        api.play(Scenario.AUTOSCALER_BLIND);
        api.waits(60);
        assertThat(autoscaler().current()).isEqualTo(2);
        assertThat(autoscaler().broken()).isTrue();

        bounds(8, 8);
        api.waits(60);
        assertThat(autoscaler().current()).isEqualTo(8);
    }

    @Test
    void a_memory_limit_that_is_too_low_kills_the_pods_until_it_is_raised() {
        gateway.play(Scenario.MEMORY_TOO_SMALL);
        gateway.restart();
        gateway.scale(4);
        gateway.waits(120);
        assertThat(gateway.ready()).isZero();

        gateway.patch(Json.object("{'spec': {'template': {'spec': {'containers': ["
                + "{'name': 'mcp-gateway', 'resources': {'limits': {'memory': '1Gi'}}}]}}}}"));
        gateway.waits(60);
        assertThat(gateway.ready()).isEqualTo(4);
    }

    private AutoscalerView autoscaler() {
        return new AutoscalerView(api.sandbox
                .reader()
                .get(ResourceType.AUTOSCALERS, Sandbox.NAMESPACE, "mcp-orchestrator-api")
                .orElseThrow());
    }

    private void bounds(int least, int most) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("minReplicas", least).put("maxReplicas", most);
        api.sandbox.patch(new Target("HorizontalPodAutoscaler", Sandbox.NAMESPACE, "mcp-orchestrator-api"), body);
    }

    private int cpu() {
        return UsageView.highest(usage(), UsageView::cpuPercent).orElse(-1);
    }

    private int memory() {
        return UsageView.highest(usage(), UsageView::memoryPercent).orElse(-1);
    }

    private List<UsageView> usage() {
        List<KubernetesObject> samples =
                gateway.sandbox.reader().list(ResourceType.POD_METRICS, Query.in(Sandbox.NAMESPACE));
        return UsageView.of(gateway.pods(), samples);
    }
}
