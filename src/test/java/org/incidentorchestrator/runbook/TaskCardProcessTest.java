package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;

/** What each task of an incident shows before it is opened, and that it follows what becomes of the incident. */
class TaskCardProcessTest extends PagingScenario {
    private static final String DECIDE = "Decide on remedy";

    @Test
    void every_task_says_what_is_wrong_where_how_urgent_it_is_and_when_somebody_is_paged_next() {
        breaks(NEVER_HEALTHY);
        work();

        assertThat(task(DECIDE).getDescription())
                .startsWith(incident().number()
                        + ", critical: mcp-gateway is down (ServiceDown on a1-orchestrator/mcp-gateway). ");
        assertThat(List.of(task(DECIDE), task(RESPOND))).allSatisfy(task -> {
            assertThat(task.getPriority()).isEqualTo(100);
            assertThat(task.getDueDate()).isEqualTo(inMinutes(15));
            assertThat(task.getFollowUpDate()).isNull();
            assertThat(escalatedTo(task)).isNull();
        });
    }

    @Test
    void an_escalation_is_on_every_task_also_on_one_that_comes_later() {
        breaks(NEVER_HEALTHY);
        work();
        passes(Duration.ofMinutes(15));

        assertThat(escalatedTo(task(RESPOND))).isEqualTo("L2 Senior Platform Engineer");
        assertThat(escalatedTo(task(DECIDE))).isEqualTo("L2 Senior Platform Engineer");
        assertThat(task(DECIDE).getDueDate()).isEqualTo(inMinutes(30));
        decides("bob", "lookAgain");
        work();
        assertThat(escalatedTo(task(DECIDE))).isEqualTo("L2 Senior Platform Engineer");
        passes(Duration.ofMinutes(31));
        assertThat(task(RESPOND).getAssignee()).as("nothing was heard of bob").isNull();
        passes(Duration.ofMinutes(30));
        assertThat(escalatedTo(task(DECIDE))).isEqualTo("L3 Platform Architect");
    }

    @Test
    void who_takes_the_incident_by_any_task_makes_all_of_its_tasks_less_urgent_than_what_nobody_has() {
        breaks(NEVER_HEALTHY);
        work();
        claims("alice", DECIDE);

        assertThat(List.of(task(DECIDE), task(RESPOND))).allSatisfy(task -> {
            assertThat(task.getPriority()).isEqualTo(90);
            assertThat(task.getDueDate()).isNull();
            assertThat(task.getFollowUpDate()).isEqualTo(inMinutes(30));
        });
        givesBack(RESPOND);
        assertThat(List.of(task(DECIDE), task(RESPOND))).allSatisfy(task -> {
            assertThat(task.getPriority()).isEqualTo(100);
            assertThat(task.getDueDate()).isEqualTo(inMinutes(15));
            assertThat(task.getFollowUpDate()).isNull();
        });
    }

    private Object escalatedTo(Task task) {
        return engine.getTaskService().getVariableLocal(task.getId(), "escalatedTo");
    }
}
