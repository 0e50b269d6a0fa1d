package org.incidentorchestrator.runbook;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.ProgressRows.Job;
import org.incidentorchestrator.runbook.ProgressRows.Standing;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where incidents' processes stand, the roots and all that they called: what waits for people, for the clock and for a
 * thread. One query, however many incidents and however much there is. The models are read once.
 */
@Component
public final class RunbookProgress {
    private final ProcessEngine engine;
    private final ProgressRows rows;
    /** By definition and element: a model that is deployed stays as it is, and the engine asks its database for each look. */
    private final Map<String, String> names = new ConcurrentHashMap<>();

    public RunbookProgress(ProcessEngine engine, JdbcClient jdbc) {
        this.engine = engine;
        this.rows = new ProgressRows(jdbc);
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
        Map<String, Standing> standing = rows.of(incidents);
        return AsProgram.in(engine, () -> incidents.stream()
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(), incident -> Optional.ofNullable(standing.get(incident.toString()))
                                .map(this::progress)
                                .orElse(Progress.NONE))));
    }

    private Progress progress(Standing standing) {
        List<Job> jobs = standing.jobs();
        var waiting = jobs.stream()
                .filter(job -> job.retries() > 0)
                .collect(Collectors.partitioningBy(job -> job.timer() || isBetweenTries(job)));
        return new Progress(
                standing.tasks(),
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
