package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.incidentorchestrator.cluster.AuditLog.Write;
import org.junit.jupiter.api.Test;

/** A real cluster is only rehearsed on until somebody says otherwise: this is what it sees of that. */
class RehearsalApiServerIT extends ApiServerScenario {
    @Test
    void a_rehearsal_asks_the_api_server_about_the_change_and_leaves_no_trace() {
        cluster.crashesUntilRestarted("rehearsed");
        var before = cluster.deployment("rehearsed");
        fires("rehearsed");
        decides("Restart", "apply");

        awaitTold("RUNBOOK_ENDED", "rehearsed");
        assertThat(ledger()).containsExactly("REHEARSED");
        assertThat(incident().open()).isTrue();
        assertNothingSent();
        audited(writes -> assertThat(writes)
                .as("for the proposal and for the act")
                .extracting(Write::what)
                .containsExactly("patch deployments/rehearsed", "patch deployments/rehearsed"));
        assertThat(cluster.deployment("rehearsed")).isEqualTo(before);
    }
}
