package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;

/** A violation that is a breach ends as the breach does. */
class PolicyViolationBreachProcessTest extends BreachScenario {
    @Test
    void an_isolation_that_is_declined_leaves_the_violation_to_people_too() {
        isABreach();
        rejects("none");

        assertThat(told("RUNBOOK_ENDED"))
                .containsExactly(
                        "runbook suspected-breach ended: handedToHuman",
                        "runbook policy-violation ended: handedToHuman");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void a_breach_that_is_signed_off_resolves_the_violation() {
        isABreach();
        approves();
        passes(Duration.ofMinutes(2));
        rotates();
        approves();
        nightsWentBy(2);
        passes(Duration.ofHours(25));
        signsOff("done");
        approves();
        passes(Duration.ofMinutes(1));

        assertThat(told("RUNBOOK_ENDED"))
                .containsExactly(
                        "runbook suspected-breach ended: resolved", "runbook policy-violation ended: resolved");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    private void isABreach() {
        firesAs("PolicyViolation");
        work();
        complete("alice", "Triage violations", Map.of("triage", "breach", "settledNote", "nobody knows this pod"));
        work();
        assertThat(taskNames()).contains("Approve change");
    }
}
