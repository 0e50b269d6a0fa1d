package org.incidentorchestrator.runbook;

import java.util.List;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A rehearsed monthly-maintenance asks people the same. */
@TestPropertySource(
        properties = {
            "step.mode=REHEARSE",
            "spring.datasource.url=jdbc:h2:mem:maintenance-rehearsal;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class MonthlyMaintenanceRehearsalProcessTest extends MaintenanceScenario {
    MonthlyMaintenanceRehearsalProcessTest() {
        super("monthly-maintenance");
    }

    @Test
    void a_rehearsal_asks_the_same_and_ends_rehearsed() {
        begins();
        weeklyIsDone();
        List.of(MonthlyMaintenanceProcessTest.K3S, MonthlyMaintenanceProcessTest.COMPONENTS)
                .forEach(this::isDone);
        recoveryIsLeft();

        ended("rehearsed", Outcome.WORK_REHEARSED);
    }
}
