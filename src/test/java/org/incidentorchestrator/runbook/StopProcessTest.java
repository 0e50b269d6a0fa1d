package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.IdentityLink;
import org.incidentorchestrator.incident.Announcement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** The global stop: one truth, whether it is set and lifted in Tasklist or over the API. */
@Import(StopProcessTest.Ears.class)
class StopProcessTest extends RunbookScenario {
    private static final String LIFT = "Lift the stop";

    @Autowired
    private Ears ears;

    /** Hears what all levels are told. */
    @TestComponent
    static class Ears {
        private final List<Announcement> heard = new java.util.concurrent.CopyOnWriteArrayList<>();

        @EventListener
        void hear(Announcement announcement) {
            heard.add(announcement);
        }
    }

    @BeforeEach
    void silence() {
        ears.heard.clear();
    }

    @AfterEach
    void lift() {
        as("test", () -> stop.lift("test", "end of the test"));
        work();
    }

    @Test
    void the_task_to_lift_it_is_open_as_long_as_it_holds_for_those_who_may() {
        stops("bob", "data centre move");

        assertThat(engine.getTaskService().getIdentityLinksForTask(task(LIFT).getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactlyInAnyOrder("l3", "l4", "camunda-admin");
        assertThat(stop.now()).hasValueSatisfying(held -> assertThat(held.by()).isEqualTo("bob"));
        assertThat(ears.heard).singleElement().satisfies(told -> {
            assertThat(told.groups()).containsExactlyInAnyOrder("l1", "l2", "l3", "l4");
            assertThat(told.text()).contains("bob stopped every change", "data centre move", "Paging goes on");
        });
    }

    @Test
    void who_completes_the_task_lifts_it_and_changes_are_made_again() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        stops("bob", "data centre move");
        claims("carol", LIFT);
        as("carol", () -> engine.getTaskService().complete(task(LIFT).getId(), Map.of("reason", "the move is over")));

        assertThat(stop.now()).isEmpty();
        assertThat(taskNames()).doesNotContain(LIFT);
        assertThat(ears.heard).hasSize(2).last().satisfies(told -> assertThat(told.text())
                .contains("carol lifted the stop"));
        assertThat(stopsOnTheRecord()).hasSize(2);
        decides("alice", "apply");
        assertThat(changes()).hasSize(1);
    }

    @Test
    void lifted_over_the_api_the_task_is_gone_whoever_had_it() {
        stops("bob", "data centre move");
        engine.getTaskService().setAssignee(task(LIFT).getId(), "carol");
        lifts("dave");
        work();

        assertThat(taskNames()).isEmpty();
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(StopProcess.KEY)
                        .count())
                .isZero();
    }

    @Test
    void it_is_not_lifted_without_a_reason() {
        stops("bob", "data centre move");

        claims("carol", LIFT);
        as("carol", () -> assertThatThrownBy(
                        () -> engine.getTaskService().complete(task(LIFT).getId(), Map.of("reason", " ")))
                .hasMessageContaining("'reason' is missing"));

        assertThat(stop.now()).isPresent();
    }

    @Test
    void a_second_stop_is_refused_and_the_first_one_stands() {
        stops("bob", "data centre move");

        as("carol", () -> {
            assertThat(stop.set("me too")).isEmpty();
            assertThatThrownBy(() -> form(Map.of("reason", "me too"), null))
                    .hasMessageContaining("Every change is stopped already");
        });

        assertThat(stop.now())
                .hasValueSatisfying(held -> assertThat(held.reason()).isEqualTo("data centre move"));
        assertThat(tasks(LIFT)).hasSize(1);
    }

    @Test
    void a_form_takes_its_own_fields_and_nothing_else() {
        as("bob", () -> {
            assertThatThrownBy(() -> form(Map.of("reason", "a move", "mode", "EXECUTE"), null))
                    .hasMessageContaining("'mode' is no field of this form");
            assertThatThrownBy(() -> form(Map.of("reason", "a move"), "INC-1")).hasMessageContaining("business key");
        });

        assertThat(stop.now()).isEmpty();
    }

    @Test
    void a_change_that_was_accepted_before_is_refused_after() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        answers("alice", "apply");
        stops("bob", "data centre move");
        work();

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_REFUSED").get(0)).contains("data centre move");
        assertThat(told("PAGED")).hasSize(1);
    }

    private void form(Map<String, Object> fields, String businessKey) {
        String definition = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(StopProcess.KEY)
                .latestVersion()
                .singleResult()
                .getId();
        engine.getFormService().submitStartForm(definition, businessKey, fields);
    }

    private List<String> stopsOnTheRecord() {
        return jdbc.sql("select summary from evidence where kind = 'GLOBAL_STOP' and at >= :since order by id")
                .param("since", java.sql.Timestamp.from(incident().openedAt()))
                .query(String.class)
                .list();
    }
}
