package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.incidentorchestrator.incident.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * weekly-maintenance and monthly-maintenance in EXECUTE on a real API server, by the clock of the machine: the versions are
 * those that real nodes tell, and a window of seconds closes when it is due.
 */
@TestPropertySource(
        properties = {
            "step.mode=EXECUTE",
            "maintenance.warning=10s",
            "maintenance.monthly-length=25s",
        })
class MaintenanceApiServerIT extends ApiServerScenario {
    private static final String UPDATES = "W01 Security updates";

    @Autowired
    private Declarations declarations;

    @DynamicPropertySource
    static void namespace(DynamicPropertyRegistry settings) {
        settings.add("maintenance.namespace", () -> opened().name());
    }

    @AfterEach
    void closeAll() {
        jdbc.sql(
                        "update incident set open_key = null, closed_at = opened_at, outcome = 'CANCELLED' where open_key is not null")
                .update();
    }

    @Test
    void its_items_are_worked_one_after_the_other_with_the_versions_of_real_nodes_before_them() {
        begins("weekly-maintenance");
        assertThat(shown(UPDATES).get("versions").toString()).matches(".+, kernel .+: .+");
        isDone(UPDATES);
        answers("alice", MaintenanceScenario.ROTATE, Map.of("rotation", "rotate", "alsoRotate", "", "settledNote", ""));
        isDone("W03 Log rotation");
        answers("alice", MaintenanceScenario.REVIEW, Map.of("review", "review", "settledNote", ""));
        answers("alice", MaintenanceScenario.PLAN, Map.of("settledNote", "nothing for now"));
        isDone("W04 Performance optimisation");

        assertThat(closed().outcome()).isEqualTo(Outcome.WORK_DONE);
        assertThat(told("RUNBOOK_ENDED"))
                .containsExactly(
                        "runbook certificate-rotation ended: done",
                        "runbook capacity-review ended: done",
                        "runbook weekly-maintenance ended: done");
        assertNothingSent();
    }

    @Test
    void a_window_that_closes_takes_what_is_open_away_and_calls_people_for_what_was_in_hand() {
        begins("monthly-maintenance");
        Task updates = await(UPDATES, () -> open(UPDATES));
        tasks.claim(updates.getId(), "alice");

        awaitTold("MAINTENANCE", "'" + UPDATES + "' (alice)");
        awaitTold("RUNBOOK_ENDED", "monthly-maintenance ended: handedToHuman");
        assertThat(told("NOTE"))
                .contains(
                        UPDATES + ": left half done: alice had it in hand: window closed",
                        "N01 K3s version updates: skipped: window closed",
                        "N02 Platform component updates: skipped: window closed");
        await("a task for whoever is called", () -> open("Respond to incident"));
        assertThat(open(UPDATES)).isNull();
        assertThat(incident().severity()).isEqualTo(Severity.WARNING);
        assertNothingSent();
    }

    private void isDone(String item) {
        answers("alice", item, Map.of("itemAnswer", "done", "settledNote", ""));
    }

    private void begins(String procedure) {
        declarations.declare(
                Declaration.ofProcedure(procedure, "", "", "tried on a real cluster"), "alice", Optional.empty());
        Incident begun = incidents.list(Listed.ALL, null, 1).get(0);
        isAbout(begun, "maintenance");
    }

    private Map<String, Object> shown(String item) {
        return tasks.getVariables(await(item, () -> open(item)).getId());
    }

    private Task open(String name) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(incident().number().toString())
                .taskName(name)
                .singleResult();
    }
}
