package org.incidentorchestrator.runbook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where an incident's processes stand, the root and all that it called: what waits for people, for the clock and for a
 * thread. Four queries, however much there is; the definitions behind jobs and the models are read once.
 */
@Component
public final class RunbookProgress {
    private final ProcessEngine engine;
    private final JdbcClient jdbc;
    private final Map<String, JobDefinition> definitions = new ConcurrentHashMap<>();

    public RunbookProgress(ProcessEngine engine, JdbcClient jdbc) {
        this.engine = engine;
        this.jdbc = jdbc;
    }

    /** @param failedJobs steps that have used up their retries: the step's name and why */
    public record Progress(List<OpenTask> tasks, List<Due> timers, List<String> runningSteps, List<String> failedJobs) {
        static final Progress NONE = new Progress(List.of(), List.of(), List.of(), List.of());
    }

    /** @param assignee who has it; null for nobody yet @param groups whose members may take it */
    public record OpenTask(String id, String name, String assignee, List<String> groups, Instant since) {}

    /** @param name the timer's label in the model: {@code Level 2 due}; or a step that failed and its next try */
    public record Due(String name, Instant at) {}

    /** Of an incident that has no process any more, nothing. Who may see an incident is decided elsewhere. */
    public Progress of(IncidentNumber incident) {
        return AsProgram.in(engine, () -> {
            Set<String> instances = engine
                    .getRuntimeService()
                    .createProcessInstanceQuery()
                    .processInstanceBusinessKey(incident.toString())
                    .list()
                    .stream()
                    .map(ProcessInstance::getProcessInstanceId)
                    .collect(Collectors.toSet());
            return instances.isEmpty() ? Progress.NONE : progress(tasks(incident), jobs(instances));
        });
    }

    private Progress progress(List<OpenTask> tasks, List<Job> jobs) {
        var waiting = jobs.stream()
                .filter(job -> job.getRetries() > 0)
                .collect(Collectors.partitioningBy(job -> isTimer(job) || isBetweenTries(job)));
        return new Progress(
                tasks,
                waiting.get(true).stream()
                        .filter(RunbookProgress::everDue)
                        .map(job -> new Due(
                                isTimer(job) ? name(job) : name(job) + ", tried again",
                                job.getDuedate().toInstant()))
                        .toList(),
                waiting.get(false).stream().map(this::name).toList(),
                jobs.stream()
                        .filter(job -> job.getRetries() == 0)
                        .map(job -> job.getExceptionMessage() == null
                                ? name(job)
                                : name(job) + ": " + job.getExceptionMessage())
                        .toList());
    }

    private List<OpenTask> tasks(IncidentNumber incident) {
        List<Task> tasks = engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(incident.toString())
                .orderByTaskCreateTime()
                .asc()
                .list();
        Map<String, List<String>> groups =
                groups(tasks.stream().map(Task::getId).toList());
        return tasks.stream()
                .map(task -> new OpenTask(
                        task.getId(),
                        task.getName(),
                        task.getAssignee(),
                        groups.getOrDefault(task.getId(), List.of()),
                        task.getCreateTime().toInstant()))
                .toList();
    }

    /** The engine's API gives them task by task only. */
    private Map<String, List<String>> groups(List<String> tasks) {
        record Candidate(String task, String group) {}
        return tasks.isEmpty()
                ? Map.of()
                : jdbc
                        .sql(
                                "select task_id_, group_id_ from act_ru_identitylink"
                                        + " where task_id_ in (:tasks) and type_ = 'candidate' and group_id_ is not null order by group_id_")
                        .param("tasks", tasks)
                        .query((row, i) -> new Candidate(row.getString("task_id_"), row.getString("group_id_")))
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(
                                Candidate::task, Collectors.mapping(Candidate::group, Collectors.toList())));
    }

    private List<Job> jobs(Set<String> instances) {
        return engine.getManagementService()
                .createJobQuery()
                .processInstanceIds(instances)
                .orderByJobDuedate()
                .asc()
                .orderByJobId()
                .asc()
                .list();
    }

    /** A level that was reached before has a timer that never fires. */
    private static boolean everDue(Job job) {
        return job.getDuedate().toInstant().isBefore(Ladder.NEVER);
    }

    private static boolean isBetweenTries(Job job) {
        return job.getExceptionMessage() != null
                && job.getDuedate() != null
                && job.getDuedate().after(ClockUtil.getCurrentTime());
    }

    private boolean isTimer(Job job) {
        return definition(job).getJobType().startsWith("timer");
    }

    /** The label in the model, else the element's id. */
    private String name(Job job) {
        String element = definition(job).getActivityId().replace("#multiInstanceBody", "");
        var drawn = engine.getRepositoryService()
                .getBpmnModelInstance(job.getProcessDefinitionId())
                .getModelElementById(element);
        String label = drawn == null ? null : drawn.getAttributeValue("name");
        return label == null ? element : label.replaceAll("\\s+", " ");
    }

    private JobDefinition definition(Job job) {
        if (!definitions.containsKey(job.getJobDefinitionId())) {
            engine.getManagementService()
                    .createJobDefinitionQuery()
                    .processDefinitionId(job.getProcessDefinitionId())
                    .list()
                    .forEach(definition -> definitions.put(definition.getId(), definition));
        }
        return definitions.get(job.getJobDefinitionId());
    }
}
