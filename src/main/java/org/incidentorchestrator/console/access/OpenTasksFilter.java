package org.incidentorchestrator.console.access;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.springframework.stereotype.Component;

/** The filter that Tasklist opens with; without one it shows nothing. Lists every open task, the newest first. */
@Component
final class OpenTasksFilter {
    static final String NAME = "All open tasks";

    private final FilterService filters;
    private final TaskService tasks;
    private final Grants grants;

    OpenTasksFilter(FilterService filters, TaskService tasks, Grants grants) {
        this.filters = filters;
        this.tasks = tasks;
        this.grants = grants;
    }

    void create() {
        Filter filter = filters.createFilterQuery().filterName(NAME).singleResult();
        if (filter == null) {
            filter = filters.newTaskFilter(NAME)
                    .setQuery(tasks.createTaskQuery().orderByTaskCreateTime().desc())
                    .setProperties(properties());
            filters.saveFilter(filter);
        }
        for (Role role : Role.values()) {
            if (role != Role.ADMIN && role != Role.AUDITOR) {
                grants.read(role, Resources.FILTER, filter.getId());
            }
        }
    }

    /** Tasklist's own words. Each variable is a line on the task's card, where the process has it. */
    private static Map<String, Object> properties() {
        return Map.of(
                "description",
                "Every open task of every incident",
                "priority",
                -10,
                "refresh",
                true,
                "showUndefinedVariable",
                false,
                "variables",
                List.of(
                        Map.of("name", "incident", "label", "Incident"),
                        Map.of("name", "severity", "label", "Severity"),
                        Map.of("name", "summary", "label", "What")));
    }
}
