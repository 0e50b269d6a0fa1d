package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether a workload has recovered: seen, not seen, or not to be seen. */
class VerifyRecoveryByHealthProcessTest extends PartScenario {
    private static final String VERIFY = "verify-recovery";

    @Test
    void what_cannot_be_asked_for_its_health_is_not_known_to_have_recovered() {
        asksFor("HTTPS");
        try {
            anIncident();
            String run = starts(VERIFY, DEPLOYMENT, Map.of());
            passes(Duration.ofMinutes(5));
            assertThat(endOf(run)).isEqualTo("endEvent_unknown");
        } finally {
            asksFor("HTTP");
        }
    }

    @Test
    void word_that_the_alert_is_over_is_looked_into_at_once_and_believed_when_it_is_seen() {
        sandbox.play(NEVER_HEALTHY, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        anIncident();
        String run = starts(VERIFY, DEPLOYMENT, Map.of());
        resolvesAs("NoRunbookFitsThis");
        work();
        assertThat(path(run))
                .containsSubsequence("serviceTask_checkRecovery", "event_alertResolved", "serviceTask_checkRecovery");

        passes(Duration.ofMinutes(5));
        assertThat(endOf(run)).isEqualTo("endEvent_notRecovered");
    }

    private void asksFor(String scheme) {
        sandbox.patch(
                DEPLOYMENT,
                json(
                        """
                        {"spec": {"template": {"spec": {"containers": [{"name": "mcp-gateway",
                         "readinessProbe": {"httpGet": {"path": "/health", "port": 8080, "scheme": "%s"}}}]}}}}"""
                                .formatted(scheme)));
        passesUnseen(Duration.ofMinutes(2));
    }
}
