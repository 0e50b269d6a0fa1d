package org.incidentorchestrator.step.verb.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.verb.Verbs;
import org.junit.jupiter.api.Test;

/** What the smoke test sees of a platform that is well, and of one that is not. */
abstract class SmokeContract {
    /** The name of the workload that these make. */
    abstract String workload();

    abstract void isWell();

    abstract void crashes();

    abstract Plan<?> smokeTest();

    @Test
    void what_is_well_is_seen_to_be_check_by_check() {
        isWell();

        List<String> checks = checks();

        assertThat(checks.stream().filter(check -> check.startsWith("node ")))
                .isNotEmpty()
                .allMatch(check -> check.contains(" passed "));
        assertThat(checks)
                .anyMatch(check -> check.matches("deployments of .* passed .*"))
                .anyMatch(check -> check.matches("pods of .* passed .*"))
                .anyMatch(check -> check.matches("service .*/" + workload() + " +passed .*"));
    }

    @Test
    void what_crashes_fails_the_test_and_is_named() {
        crashes();

        Plan<?> plan = smokeTest();

        assertThat(Verbs.output(plan)).containsEntry("smokeTest", "failed");
        assertThat(plan.summary()).contains(workload());
        assertThat(checks()).anyMatch(check -> check.matches("pods of .* failed .*" + workload() + "-.* is .*"));
    }

    List<String> checks() {
        return smokeTest().artefacts().get(0).content().lines().skip(1).toList();
    }
}
