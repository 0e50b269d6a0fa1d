package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.junit.jupiter.api.Test;

class EvictionTest {
    private final Operator operator = new Operator("mcp-gateway");

    @Test
    void an_evicted_pod_ends_and_another_takes_its_place() {
        KubernetesObject evicted = operator.pods().get(0);
        operator.evict(evicted);

        assertThat(operator.pods())
                .filteredOn(pod -> pod.name().equals(evicted.name()))
                .allMatch(pod -> pod.at("/metadata/deletionTimestamp").exists());
        operator.waits(5);
        assertThat(operator.names()).hasSize(2).doesNotContain(evicted.name());
    }

    @Test
    void the_budget_lets_one_of_two_go_and_names_itself_when_it_forbids_the_second() {
        operator.evict(operator.pods().get(0));

        KubernetesObject second = operator.pods().stream()
                .filter(pod -> !pod.at("/metadata/deletionTimestamp").exists())
                .filter(pod -> pod.text("/status/phase", "").equals("Running"))
                .findFirst()
                .orElseThrow();
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> operator.evict(second))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ClusterFailure.Kind.BUDGET))
                .withMessageContaining("mcp-gateway needs 1 healthy pods and has 1 currently; 0 may go");

        operator.waits(5);
        operator.evict(operator.reader()
                .get(ResourceType.PODS, Sandbox.NAMESPACE, second.name())
                .orElseThrow());
        assertThat(operator.sandbox.writes()).hasSize(2);
    }

    @Test
    void an_unready_pod_may_go_while_the_others_suffice() {
        operator.play(Scenario.ONE_BAD_POD);
        operator.waits(5);
        KubernetesObject bad = operator.pods().stream()
                .filter(pod -> !pod.flag("/status/containerStatuses/0/ready"))
                .findFirst()
                .orElseThrow();

        operator.evict(bad);

        assertThat(operator.sandbox.writes())
                .extracting(EffectiveWrite::target)
                .containsExactly("Pod/a1-orchestrator/" + bad.name());
    }

    @Test
    void unready_pods_may_not_go_while_too_few_are_healthy() {
        operator.play(Scenario.NEVER_HEALTHY);
        operator.waits(5);
        KubernetesObject pod = operator.pods().get(0);

        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> operator.evict(pod))
                .withMessageContaining("needs 1 healthy pods and has 0 currently");
        assertThat(operator.sandbox.writes()).isEmpty();
    }

    @Test
    void a_budget_counts_what_may_go() {
        KubernetesObject budget = operator.reader()
                .get(ResourceType.DISRUPTION_BUDGETS, Sandbox.NAMESPACE, "mcp-gateway")
                .orElseThrow();

        assertThat(budget.number("/status/expectedPods")).contains(2);
        assertThat(budget.number("/status/disruptionsAllowed")).contains(1);
    }
}
