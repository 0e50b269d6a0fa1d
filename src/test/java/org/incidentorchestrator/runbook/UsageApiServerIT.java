package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * The runbooks about usage on a real API server and its metrics: what its pods use is played, what is measured, decided
 * and changed is not.
 */
@TestPropertySource(
        properties = {
            "step.mode=EXECUTE",
            "wait.memory-poll=8s",
            "wait.usage-poll=2s",
            "wait.hold-poll=1s",
        })
class UsageApiServerIT extends ApiServerScenario {
    /** One each 8 s, of which the metrics server has a new one each 10 s, and as long again on a busy machine. */
    private static final Duration TEN_SAMPLES = Duration.ofMinutes(5);

    @Test
    void pods_that_are_killed_for_their_memory_get_a_higher_limit() {
        cluster.isLimited("killed", "{\"play\": \"oom\", \"kwok.x-k8s.io/usage-memory\": \"480Mi\"}");
        cluster.hasRestarted("killed");
        fires("killed", "KubeContainerOOMKilled");
        decides("1Gi", "apply");

        assertThat(closedOnce(() -> cluster.getsWell("killed")).outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(cluster.deployment("killed").text("/spec/template/spec/containers/0/resources/limits/memory", ""))
                .isEqualTo("1Gi");
        assertChanged("patch deployments/killed");
    }

    @Test
    void pods_at_their_cpu_limit_get_company_and_what_each_uses_is_measured_anew() {
        cluster.isLimited("busy", "{\"kwok.x-k8s.io/usage-cpu\": \"450m\"}");
        cluster.isMeasured("busy");
        fires("busy", "HighCpuUsage");
        decides("8", "apply");

        assertThat(closedOnce(() -> cluster.uses("busy", "cpu", "50m")).outcome())
                .isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(cluster.deployment("busy").number("/spec/replicas", 0)).isEqualTo(8);
        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("90 %"));
        assertChanged("patch deployments/busy");
    }

    @Test
    void memory_that_grows_from_sample_to_sample_is_restarted() {
        cluster.isLimited("leaking", "{\"kwok.x-k8s.io/usage-memory\": \"200Mi\"}");
        cluster.isMeasured("leaking");
        Instant began = clock.instant();
        fires("leaking", "MemoryLeak");
        await("a proposal", TEN_SAMPLES, () -> {
            long grown = Duration.between(began, clock.instant()).toSeconds();
            cluster.uses("leaking", "memory", (200 + 2 * grown) + "Mi");
            return told("STEP_PROPOSED").isEmpty() ? null : true;
        });
        decides("Restart", "apply");

        assertThat(closed().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("is growing"));
        assertChanged("patch deployments/leaking");
    }

    /** Waits for the closing; meanwhile the pods fare as they would after the change. */
    private Incident closedOnce(Runnable fare) {
        return await("the closing", () -> {
            fare.run();
            return incident().open() ? null : incident();
        });
    }
}
