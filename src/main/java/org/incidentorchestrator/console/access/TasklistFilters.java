package org.incidentorchestrator.console.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.springframework.stereotype.Component;

/**
 * Makes the filters that Tasklist opens with; without one it shows nothing. Each is made once, nobody's own, readable by
 * everybody who works on tasks. A later version of the program changes it only while it is as the program has left it:
 * one that an administrator has changed, or deleted, stays so. What was made is remembered among the engine's properties.
 */
@Component
final class TasklistFilters {
    private static final String MADE = "tasklist-filter.";
    private static final List<Role> READERS = List.of(Role.L1, Role.L2, Role.L3, Role.L4, Role.APPROVER);

    private final FilterService filters;
    private final TaskService tasks;
    private final ManagementService management;
    private final Grants grants;

    TasklistFilters(FilterService filters, TaskService tasks, ManagementService management, Grants grants) {
        this.filters = filters;
        this.tasks = tasks;
        this.management = management;
        this.grants = grants;
    }

    /** Which filter it was, and the content that it was given. */
    private record Made(String id, FilterContent content) {
        static Made parse(String text) {
            String[] fields = text.split(" ", 2);
            return new Made(fields[0], new FilterContent(fields[1]));
        }

        String text() {
            return id + " " + content.digest();
        }
    }

    void make() {
        Map<String, String> remembered = management.getProperties();
        Map<String, Filter> present = filters.createFilterQuery().list().stream()
                .collect(Collectors.toMap(Filter::getId, Function.identity()));
        for (TasklistFilter wanted : TasklistFilter.values()) {
            Optional.ofNullable(remembered.get(MADE + wanted.name()))
                    .map(Made::parse)
                    .ifPresentOrElse(made -> renew(wanted, made, present.get(made.id())), () -> create(wanted));
        }
    }

    private void create(TasklistFilter wanted) {
        Filter filter = filters.saveFilter(draft(wanted));
        READERS.forEach(role -> grants.read(role, Resources.FILTER, filter.getId()));
        remember(wanted, filter);
    }

    private void renew(TasklistFilter wanted, Made made, Filter filter) {
        Filter draft = draft(wanted);
        boolean untouched = filter != null && FilterContent.of(filter).equals(made.content());
        if (untouched && !FilterContent.of(draft).equals(made.content())) {
            filter.setName(draft.getName());
            filter.setQuery(draft.getQuery());
            filter.setProperties(draft.getProperties());
            remember(wanted, filters.saveFilter(filter));
        }
    }

    private Filter draft(TasklistFilter wanted) {
        return filters.newTaskFilter(wanted.title())
                .setQuery(wanted.query(tasks.createTaskQuery()))
                .setProperties(wanted.properties());
    }

    private void remember(TasklistFilter wanted, Filter filter) {
        management.setProperty(MADE + wanted.name(), new Made(filter.getId(), FilterContent.of(filter)).text());
    }
}
