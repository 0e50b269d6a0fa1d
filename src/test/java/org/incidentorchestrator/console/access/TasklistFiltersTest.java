package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.gate.access.AccessRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ConsoleTest
class TasklistFiltersTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String MADE = "tasklist-filter.";

    @LocalServerPort
    private int port;

    @Autowired
    private FilterService filters;

    @Autowired
    private TaskService tasks;

    @Autowired
    private IdentityService identities;

    @Autowired
    private ManagementService management;

    @Autowired
    private FirstPasswords passwords;

    @Autowired
    private TasklistFilters made;

    private final List<String> open = new ArrayList<>();

    /** Nobody's; the later one of each urgency is due first. */
    @BeforeEach
    void openTasks() {
        open("of l1, due later", "l1", 60, 2);
        open("of l1, due first", "l1", 60, 1);
        open("of l1, urgent", "l1", 100, 3);
        open("of l2", "l2", 60, 1);
        String taken = open("of responder", "l1", 90, 1);
        tasks.setAssignee(taken, "responder");
        String others = open("of another", "l1", 90, 1);
        tasks.setAssignee(others, "somebody");
        String escalated = open("escalated", "l2", 100, 1);
        tasks.setVariableLocal(escalated, IncidentTasks.ESCALATED, "L2 Senior Platform Engineer");
        String asked = open("asked beside", "l2", 60, 4);
        tasks.addCandidateUser(asked, "responder");
    }

    @AfterEach
    void leaveEverythingAsItWas() {
        identities.clearAuthentication();
        tasks.deleteTasks(open, true);
        for (TasklistFilter wanted : TasklistFilter.values()) {
            filters.createFilterQuery()
                    .filterName(wanted.title())
                    .list()
                    .forEach(filter -> filters.deleteFilter(filter.getId()));
            management.deleteProperty(MADE + wanted.name());
        }
        made.make();
    }

    @Test
    void what_a_responder_has_and_may_take_is_listed_the_most_urgent_first_and_what_pages_next_before_the_rest() {
        actAs("responder", "l1");

        assertThat(listed(TasklistFilter.TO_DO))
                .containsExactly(
                        "of l1, urgent", "of responder", "of l1, due first", "of l1, due later", "asked beside");
        assertThat(listed(TasklistFilter.MINE)).containsExactly("of responder");
        assertThat(listed(TasklistFilter.MY_GROUPS))
                .containsExactly("of l1, urgent", "of l1, due first", "of l1, due later", "asked beside");
        assertThat(listed(TasklistFilter.ESCALATED)).containsExactly("escalated");
        assertThat(listed(TasklistFilter.APPROVALS)).isEmpty();
        assertThat(listed(TasklistFilter.ALL)).hasSize(open.size());
    }

    @Test
    void tasklist_opens_with_what_is_to_be_done_and_every_group_that_works_on_tasks_may_read_each_filter() {
        assertThat(filters.createFilterQuery().list())
                .extracting(filter -> filter.getProperties().get("priority"))
                .doesNotHaveDuplicates();
        assertThat(ofName(TasklistFilter.TO_DO.title()).getProperties()).containsEntry("priority", 10);
        for (Role role : List.of(Role.L1, Role.L2, Role.L3, Role.L4, Role.APPROVER)) {
            actAs("somebody", role.group());
            assertThat(filters.createFilterQuery().count()).isEqualTo(TasklistFilter.values().length);
        }
        actAs("somebody", "auditor");
        assertThat(filters.createFilterQuery().count()).isZero();
    }

    @Test
    void what_an_administrator_has_changed_or_deleted_stays_so() {
        Filter changed = ofName(TasklistFilter.ALL.title());
        changed.setName("Everything");
        filters.saveFilter(changed);
        filters.deleteFilter(ofName(TasklistFilter.MINE.title()).getId());

        made.make();

        assertThat(filters.createFilterQuery().list())
                .extracting(Filter::getName)
                .contains("Everything")
                .doesNotContain(TasklistFilter.ALL.title(), TasklistFilter.MINE.title());
        filters.deleteFilter(changed.getId());
    }

    @Test
    void what_nobody_has_touched_becomes_that_of_a_later_version_and_keeps_its_id() {
        Filter earlier = ofName(TasklistFilter.MINE.title());
        earlier.setQuery(tasks.createTaskQuery().taskUnassigned());
        earlier.setProperties(Map.of("description", "of an earlier version"));
        filters.saveFilter(earlier);
        management.setProperty(
                MADE + TasklistFilter.MINE.name(),
                earlier.getId() + " " + FilterContent.of(earlier).digest());

        made.make();

        Filter now = ofName(TasklistFilter.MINE.title());
        assertThat(now.getId()).isEqualTo(earlier.getId());
        assertThat(now.getProperties()).containsEntry("description", "What you have");
        actAs("responder", "l1");
        assertThat(listed(TasklistFilter.MINE)).containsExactly("of responder");
    }

    @Test
    void a_filter_may_leave_open_who_asks_and_no_other_expression_is_saved_or_evaluated() throws Exception {
        actAs("admin", "camunda-admin");
        TaskQuery hidden = tasks.createTaskQuery()
                .or()
                .taskAssigneeExpression("${currentUser()}")
                .taskOwnerExpression("${timers.now}")
                .endOr();
        assertThatThrownBy(
                        () -> filters.saveFilter(filters.newTaskFilter("hidden").setQuery(hidden)))
                .isInstanceOf(AccessRefused.class)
                .hasMessageContaining("instead of [${timers.now}]");
        identities.clearAuthentication();
        Filter past =
                filters.saveFilter(filters.newTaskFilter("past the program").setQuery(hidden));
        assertThatThrownBy(() -> filters.list(past.getId()))
                .hasStackTraceContaining("Refused: '${timers.now}' in a query");
        filters.deleteFilter(past.getId());

        Browser auditor =
                new Browser(port).withPassword("auditor", passwords.read().get("auditor"));
        var answer = auditor.send(
                "POST", "/engine-rest/task", "{\"orQueries\": [{\"assigneeExpression\": \"${timers.now}\"}]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Refused: '${timers.now}' in a query");
    }

    private String open(String name, String group, int priority, int hours) {
        Task task = tasks.newTask();
        task.setName(name);
        task.setPriority(priority);
        task.setDueDate(Date.from(NOON.plusSeconds(3600L * hours)));
        tasks.saveTask(task);
        tasks.addCandidateGroup(task.getId(), group);
        open.add(task.getId());
        return task.getId();
    }

    /** Of this test's tasks: others that use the same engine may have left theirs. */
    private List<String> listed(TasklistFilter filter) {
        return filters.<Task>list(ofName(filter.title()).getId()).stream()
                .filter(task -> open.contains(task.getId()))
                .map(Task::getName)
                .toList();
    }

    private Filter ofName(String name) {
        return filters.createFilterQuery().filterName(name).singleResult();
    }

    private void actAs(String user, String group) {
        identities.setAuthentication(user, List.of(group));
    }
}
