package org.incidentorchestrator.runbook;

import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A rehearsed maintenance (weekly-maintenance) asks people the same. */
@TestPropertySource(
        properties = {
            "step.mode=REHEARSE",
            "spring.datasource.url=jdbc:h2:mem:maintenance-rehearsal;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class WeeklyMaintenanceRehearsalProcessTest extends MaintenanceScenario {
    WeeklyMaintenanceRehearsalProcessTest() {
        super("weekly-maintenance");
    }

    @Test
    void a_rehearsal_asks_the_same_and_ends_rehearsed() {
        begins();
        weeklyIsDone();

        ended("rehearsed", Outcome.WORK_REHEARSED);
    }
}
