package org.incidentorchestrator.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Comment;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PersonTasksProcessTest {
    private static final PersonNeeded SILENCE =
            new PersonNeeded("Watchdog is silent. Look why.", Optional.empty(), "heartbeat/alertmanager/Watchdog");
    private static final PersonNotNeeded HEARD =
            new PersonNotNeeded("Watchdog was heard again", Optional.empty(), "heartbeat/alertmanager/Watchdog");

    private final TestDatabase database = TestDatabase.create();
    private final ProcessEngine engine = TestEngine.on(database);
    private final PersonTasks people =
            new PersonTasks(engine, database.evidence(new TestClock()), new Incidents(database.jdbc()), event -> {});

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    @Test
    void one_task_is_made_for_the_first_level_while_its_subject_is_open() {
        people.ask(SILENCE);
        people.ask(SILENCE);

        assertThat(open()).singleElement().satisfies(task -> {
            assertThat(task.getName()).isEqualTo("Watchdog is silent. Look why.");
            assertThat(engine.getTaskService().getIdentityLinksForTask(task.getId()))
                    .extracting(link -> link.getGroupId())
                    .containsExactly("l1");
        });
        assertThat(evidence()).containsExactly("PERSON_NEEDED");
    }

    @Test
    void the_same_subject_can_be_asked_about_again_once_its_task_is_done() {
        for (int time = 0; time < 3; time++) {
            people.ask(SILENCE);
            engine.getTaskService().complete(open().get(0).getId());
        }

        people.ask(SILENCE);

        assertThat(open()).hasSize(1);
        assertThat(evidence()).hasSize(4);
    }

    @Test
    void what_has_settled_itself_leaves_nobodys_task_behind() {
        people.ask(SILENCE);

        people.settle(HEARD);
        people.settle(HEARD);

        assertThat(open()).isEmpty();
        assertThat(evidence()).containsExactly("PERSON_NEEDED", "PERSON_NOT_NEEDED");
    }

    @Test
    void a_task_that_somebody_has_is_left_to_them_with_a_comment() {
        people.ask(SILENCE);
        String task = open().get(0).getId();
        engine.getTaskService().claim(task, "alice");

        people.settle(HEARD);

        assertThat(open()).hasSize(1);
        assertThat(engine.getTaskService().getTaskComments(task))
                .extracting(Comment::getFullMessage)
                .containsExactly("Watchdog was heard again");
    }

    @Test
    void what_comes_up_again_while_somebody_still_has_it_is_asked_about_anew() {
        people.ask(SILENCE);
        String task = open().get(0).getId();
        engine.getTaskService().claim(task, "alice");
        people.settle(HEARD);
        people.settle(HEARD);

        people.ask(SILENCE);
        people.ask(SILENCE);

        assertThat(open()).hasSize(2).anyMatch(one -> one.getAssignee() == null);
        assertThat(evidence()).containsExactly("PERSON_NEEDED", "PERSON_NOT_NEEDED", "PERSON_NEEDED");
    }

    private List<Task> open() {
        return engine.getTaskService().createTaskQuery().list();
    }

    private List<String> evidence() {
        return database.jdbc()
                .sql("select kind from evidence order by id")
                .query(String.class)
                .list();
    }
}
