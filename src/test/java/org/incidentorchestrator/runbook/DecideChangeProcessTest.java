package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who decides on a change that the table has in none of its rows: a second person, as on what destroys. */
class DecideChangeProcessTest extends BreachScenario {
    @BeforeEach
    void aModelThatHasAnIsolationDecidedOn() {
        engine.getRepositoryService()
                .createDeployment()
                .name("isolate by decision")
                .addClasspathResource("gate/isolate-by-decision.bpmn")
                .enableDuplicateFiltering(true)
                .deploy();
    }

    @Test
    void a_change_that_is_not_in_the_table_takes_an_approval() {
        String run = isolation();
        assertThat(taskNames()).doesNotContain("Decide on remedy");
        approves();
        assertThat(decided(run)).isEqualTo("approved");
    }

    @Test
    void an_approver_who_rejects_skips_the_change_or_hands_over() {
        String skipped = isolation();
        rejects("skip");
        assertThat(decided(skipped)).isEqualTo("skipped");

        String handedOver = isolation();
        rejects("handOver");
        assertThat(decided(handedOver)).isEqualTo("handedOver");
    }

    private String isolation() {
        anIncident();
        return starts(
                "isolate-by-decision",
                DEPLOYMENT,
                Map.of("action", "isolate", "severity", "critical", "pods", 2, "unattended", true));
    }

    private String decided(String run) {
        return String.valueOf(engine.getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(run)
                .variableName("decided")
                .singleResult()
                .getValue());
    }
}
