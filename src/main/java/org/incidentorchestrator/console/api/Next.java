package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.runbook.RunbookProgress.Due;
import org.incidentorchestrator.runbook.RunbookProgress.OpenTask;
import org.incidentorchestrator.runbook.RunbookProgress.Progress;
import org.incidentorchestrator.step.Stop;

/**
 * What an open incident waits for.
 *
 * @param inWords the same in sentences, the most urgent first
 * @param tasks open tasks, the oldest first, with who has them or who may take them
 * @param timers what happens by itself and when, the soonest first: the next level of the ladder, the next check
 * @param runningSteps steps that run or wait for a thread
 * @param failedSteps steps that were tried in vain and wait for an administrator (Cockpit: retry)
 */
record Next(
        List<String> inWords,
        List<OpenTask> tasks,
        List<Due> timers,
        List<String> runningSteps,
        List<String> failedSteps) {

    /**
     * @param paging who is paged next and when; or who has it, and until when something has to be heard of them
     * @param stop the global stop, while it holds
     */
    static Next of(Incident incident, Progress progress, String paging, Optional<Stop> stop) {
        return new Next(
                incident.open()
                        ? sentences(incident, progress, paging, stop)
                        : List.of("Nothing: the incident is closed."),
                progress.tasks(),
                progress.timers(),
                progress.runningSteps(),
                progress.failedJobs());
    }

    private static List<String> sentences(Incident incident, Progress progress, String paging, Optional<Stop> stop) {
        List<String> sentences = new ArrayList<>();
        if (incident.exercise()) {
            sentences.add("EXERCISE: nobody is paged or told outside of Tasklist.");
        }
        stop.ifPresent(held -> sentences.add("Nothing is changed: " + ended(held.inWords())));
        if (incident.aborted()) {
            sentences.add(
                    "Its run changes nothing more: " + ended(incident.abort().inWords()));
        }
        progress.failedJobs().forEach(step -> sentences.add("Failed, waits for an administrator: " + ended(step)));
        progress.runningSteps().forEach(step -> sentences.add("Runs now: " + step + "."));
        progress.tasks().forEach(task -> sentences.add(task.name() + ": " + who(task) + "."));
        if (!progress.tasks().isEmpty()) {
            sentences.add(paging);
        }
        progress.timers().stream()
                .limit(1)
                .forEach(timer -> sentences.add("At " + seconds(timer.at()) + ": " + timer.name() + "."));
        return sentences.isEmpty() ? List.of("It is between two steps.") : sentences;
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    private static String who(OpenTask task) {
        if (task.assignee() != null) {
            return "with " + task.assignee();
        }
        return task.groups().isEmpty()
                ? "waits for somebody to be assigned"
                : "waits for one of " + String.join(", ", task.groups()) + " since " + seconds(task.since());
    }

    private static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
