package org.incidentorchestrator.runbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where incidents' processes stand, the roots and all that they called: what waits for people, for the clock and for a
 * thread. Two queries, however many incidents and however much there is: the engine's API asks one by one, so its tables
 * are read themselves. The models are read once.
 */
@Component
public final class RunbookProgress {
    private final ProcessEngine engine;
    private final JdbcClient jdbc;
    /** By definition and element: a model that is deployed stays as it is, and the engine asks its database for each look. */
    private final Map<String, String> names = new ConcurrentHashMap<>();

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
        return of(List.of(incident)).get(incident);
    }

    /** Of each of these. */
    public Map<IncidentNumber, Progress> of(Collection<IncidentNumber> incidents) {
        if (incidents.isEmpty()) {
            return Map.of();
        }
        List<String> keys = incidents.stream().map(IncidentNumber::toString).toList();
        Map<String, List<OpenTask>> tasks = tasks(keys);
        Map<String, List<Job>> jobs = jobs(keys);
        return AsProgram.in(engine, () -> incidents.stream()
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(),
                        incident -> progress(
                                tasks.getOrDefault(incident.toString(), List.of()),
                                jobs.getOrDefault(incident.toString(), List.of())))));
    }

    private Progress progress(List<OpenTask> tasks, List<Job> jobs) {
        if (tasks.isEmpty() && jobs.isEmpty()) {
            return Progress.NONE;
        }
        var waiting = jobs.stream()
                .filter(job -> job.retries() > 0)
                .collect(Collectors.partitioningBy(job -> job.timer() || isBetweenTries(job)));
        return new Progress(
                tasks,
                waiting.get(true).stream()
                        .filter(job -> job.due().filter(Ladder.NEVER::isAfter).isPresent())
                        .map(job -> new Due(
                                job.timer() ? name(job) : name(job) + ", tried again",
                                job.due().orElseThrow()))
                        .toList(),
                waiting.get(false).stream().map(this::name).toList(),
                jobs.stream()
                        .filter(job -> job.retries() == 0)
                        .map(job -> job.failure() == null ? name(job) : name(job) + ": " + job.failure())
                        .toList());
    }

    /** By business key, the oldest first; a task has a row for each group that may take it, or one without. */
    private Map<String, List<OpenTask>> tasks(List<String> keys) {
        record Row(String key, OpenTask task) {}
        Map<String, Row> found = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select e.business_key_, t.id_, t.name_, t.assignee_, t.create_time_, l.group_id_
                        from act_ru_execution e join act_ru_task t on t.proc_inst_id_ = e.id_
                            left join act_ru_identitylink l
                                on l.task_id_ = t.id_ and l.type_ = 'candidate' and l.group_id_ is not null
                        where e.business_key_ in (:keys) order by t.create_time_, t.id_, l.group_id_""")
                .param("keys", keys)
                .query((row, i) -> new Row(row.getString("business_key_"), task(row)))
                .list()
                .forEach(row -> found.merge(
                        row.task().id(), row, (one, other) -> new Row(one.key(), plus(one.task(), other.task()))));
        return found.values().stream()
                .collect(Collectors.groupingBy(Row::key, Collectors.mapping(Row::task, Collectors.toList())));
    }

    private static OpenTask task(ResultSet row) throws SQLException {
        String group = row.getString("group_id_");
        return new OpenTask(
                row.getString("id_"),
                row.getString("name_"),
                row.getString("assignee_"),
                group == null ? List.of() : List.of(group),
                row.getTimestamp("create_time_").toInstant());
    }

    private static OpenTask plus(OpenTask one, OpenTask other) {
        return new OpenTask(
                one.id(),
                one.name(),
                one.assignee(),
                Stream.concat(one.groups().stream(), other.groups().stream()).toList(),
                one.since());
    }

    /** @param failure of its last try; null where there was none that failed */
    private record Job(
            String key,
            String definition,
            String element,
            boolean timer,
            Optional<Instant> due,
            int retries,
            String failure) {}

    private Map<String, List<Job>> jobs(List<String> keys) {
        return jdbc
                .sql(
                        """
                        select e.business_key_, j.process_def_id_, d.act_id_, d.job_type_, j.duedate_, j.retries_, j.exception_msg_
                        from act_ru_execution e join act_ru_job j on j.process_instance_id_ = e.id_
                            join act_ru_jobdef d on d.id_ = j.job_def_id_
                        where e.business_key_ in (:keys) order by j.duedate_, j.id_""")
                .param("keys", keys)
                .query((row, i) -> new Job(
                        row.getString("business_key_"),
                        row.getString("process_def_id_"),
                        row.getString("act_id_"),
                        row.getString("job_type_").startsWith("timer"),
                        Optional.ofNullable(row.getTimestamp("duedate_")).map(Timestamp::toInstant),
                        row.getInt("retries_"),
                        row.getString("exception_msg_")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Job::key));
    }

    private static boolean isBetweenTries(Job job) {
        return job.failure() != null
                && job.due()
                        .filter(ClockUtil.getCurrentTime().toInstant()::isBefore)
                        .isPresent();
    }

    private String name(Job job) {
        String element = job.element().replace("#multiInstanceBody", "");
        return names.computeIfAbsent(job.definition() + " " + element, unknown -> name(job.definition(), element));
    }

    /** The label in the model, else the element's id. */
    private String name(String definition, String element) {
        var drawn =
                engine.getRepositoryService().getBpmnModelInstance(definition).getModelElementById(element);
        String label = drawn == null ? null : drawn.getAttributeValue("name");
        return label == null ? element : label.replaceAll("\\s+", " ");
    }
}
