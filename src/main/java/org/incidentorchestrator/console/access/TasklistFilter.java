package org.incidentorchestrator.console.access;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.camunda.bpm.engine.task.TaskQuery;
import org.incidentorchestrator.approval.IncidentTasks;

/**
 * What Tasklist lists tasks by, in the order in which it shows them: it opens with the first. In each the most urgent task
 * is on top, and of those that are as urgent the one that pages somebody next.
 */
enum TasklistFilter {
    TO_DO("To do", "What you have, and what waits for you or one of your groups", tasks -> tasks.or()
            .taskAssigneeExpression("${currentUser()}")
            .taskCandidateUserExpression("${currentUser()}")
            .endOr()),
    MINE("Mine", "What you have", tasks -> tasks.taskAssigneeExpression("${currentUser()}")),
    MY_GROUPS(
            "My groups",
            "What nobody has, and you or one of your groups is asked for",
            tasks -> tasks.taskCandidateUserExpression("${currentUser()}")),
    ESCALATED(
            "Escalated",
            "All that is open of incidents for which more than the first level was paged",
            tasks -> tasks.taskVariableValueLike(IncidentTasks.ESCALATED, "%")),
    APPROVALS("Approvals", "What your groups are asked to approve or to review", tasks -> tasks.taskDefinitionKeyIn(
                    IncidentTasks.APPROVE, IncidentTasks.REVIEW)
            .taskCandidateGroupInExpression("${currentUserGroups()}")
            .includeAssignedTasks()),
    ALL("All open tasks", "Every open task, whoever has it", tasks -> tasks);

    private static final int FIRST = 10;

    private final String title;
    private final String description;
    private final UnaryOperator<TaskQuery> narrowing;

    TasklistFilter(String title, String description, UnaryOperator<TaskQuery> narrowing) {
        this.title = title;
        this.description = description;
        this.narrowing = narrowing;
    }

    String title() {
        return title;
    }

    TaskQuery query(TaskQuery tasks) {
        return narrowing
                .apply(tasks)
                .orderByTaskPriority()
                .desc()
                .orderByDueDate()
                .asc()
                .orderByTaskCreateTime()
                .asc();
    }

    /** Tasklist's own words. Each variable is a line on the task's card, where the process has it. */
    Map<String, Object> properties() {
        return Map.of(
                "description",
                description,
                "priority",
                FIRST * (ordinal() + 1),
                "refresh",
                true,
                "showUndefinedVariable",
                false,
                "variables",
                card());
    }

    private static List<Map<String, String>> card() {
        return Stream.of(
                        Map.entry("incident", "Incident"),
                        Map.entry("severity", "Severity"),
                        Map.entry(IncidentTasks.ESCALATED, "Escalated to"),
                        Map.entry("workload", "Service"),
                        Map.entry("target", "On"),
                        Map.entry("summary", "What"))
                .map(line -> Map.of("name", line.getKey(), "label", line.getValue()))
                .toList();
    }
}
