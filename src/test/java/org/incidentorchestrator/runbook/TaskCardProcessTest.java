package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** What each task of an incident shows before it is opened, and that it follows what becomes of the incident. */
class TaskCardProcessTest extends PagingScenario {
    private static final String DECIDE = "Decide on remedy";

    @Autowired
    private ApplicationEventPublisher events;

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

    @Test
    void what_only_a_person_can_settle_is_offered_to_every_level_that_was_paged_of_its_incident() {
        breaks(NEVER_HEALTHY);
        work();
        asks("before the escalation");
        assertThat(offeredTo("before the escalation")).containsExactly("l1");
        assertThat(escalatedTo(about("before the escalation"))).isNull();
        passes(Duration.ofMinutes(15));
        asks("after it");

        assertThat(List.of("before the escalation", "after it")).allSatisfy(what -> {
            assertThat(offeredTo(what)).containsExactlyInAnyOrder("l1", "l2");
            assertThat(escalatedTo(about(what))).isEqualTo("L2 Senior Platform Engineer");
            assertThat(engine.getTaskService().getVariables(about(what).getId()))
                    .containsEntry("incident", incident().number().toString())
                    .containsEntry("severity", "critical")
                    .containsEntry("workload", GATEWAY)
                    .containsEntry("summary", "mcp-gateway is down");
        });
    }

    @Test
    void what_has_settled_itself_and_is_left_to_whoever_has_it_is_offered_to_nobody_else() {
        breaks(NEVER_HEALTHY);
        work();
        asks("was settled");
        String task = about("was settled").getId();
        engine.getTaskService().claim(task, "alice");
        events.publishEvent(new PersonNotNeeded(
                "It is over",
                Optional.of(incident().number()),
                "test/" + incident().number() + "/was settled"));
        passes(Duration.ofMinutes(15));

        assertThat(offeredTo("was settled")).containsExactly("l1");
        engine.getTaskService().complete(task);
    }

    /** As a process does: within a command, before what it makes is written. */
    private void asks(String what) {
        IncidentNumber number = incident().number();
        var needed = new PersonNeeded(number + ": " + what, Optional.of(number), "test/" + number + "/" + what);
        AsProgram.run(engine, () -> events.publishEvent(needed));
    }

    private Task about(String what) {
        return engine.getTaskService()
                .createTaskQuery()
                .taskName(incident().number() + ": " + what)
                .singleResult();
    }

    private List<String> offeredTo(String what) {
        return engine.getTaskService().getIdentityLinksForTask(about(what).getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .toList();
    }

    private Object escalatedTo(Task task) {
        return engine.getTaskService().getVariableLocal(task.getId(), "escalatedTo");
    }
}
