package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;

/** The end of a quarantine: what was kept goes only when a second person says so. */
class ReleaseQuarantineProcessTest extends BreachScenario {
    private static final String RELEASE = "release-quarantine";

    @Test
    void what_is_to_be_kept_is_kept_and_asked_for_anew_after_another_look() {
        isolated();
        String run = starts(RELEASE, DEPLOYMENT, Map.of());
        looksAgain();
        assertThat(tasks("Approve change")).hasSize(1);
        rejects("keep");

        assertThat(endOf(run)).isEqualTo("endEvent_kept");
        assertThat(quarantined()).hasSize(1);
    }

    @Test
    void a_pod_that_somebody_else_has_ended_is_asked_about_no_more() {
        isolated();
        quarantined().forEach(pod -> sandbox.delete(new Target("Pod", Sandbox.NAMESPACE, pod)));
        passes(Duration.ofMinutes(1));
        assertThat(quarantined()).isEmpty();

        assertThat(endOf(starts(RELEASE, DEPLOYMENT, Map.of()))).isEqualTo("endEvent_nothingToRelease");
    }
}
