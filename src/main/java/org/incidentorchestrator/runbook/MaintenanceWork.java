package org.incidentorchestrator.runbook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.Checklist.State;
import org.springframework.stereotype.Component;

/** The window of a maintenance (runbook W01–W04, N01–N04): who is told before it closes, what then is so, what was left. */
@Component
class MaintenanceWork {
    private final Incidents incidents;
    private final RunAbort runs;
    private final MaintenanceTold told;

    MaintenanceWork(Incidents incidents, RunAbort runs, MaintenanceTold told) {
        this.incidents = incidents;
        this.runs = runs;
        this.told = told;
    }

    /** {@code ${incidents.warnOfWindowsEnd}} */
    void warn(DelegateExecution execution) {
        Incident incident = incident(execution);
        List<Task> open = execution
                .getProcessEngineServices()
                .getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(incident.number().toString())
                .list();
        Set<String> workers = open.stream()
                .flatMap(task -> Optional.ofNullable(task.getAssignee()).stream())
                .collect(Collectors.toSet());
        String warning =
                "%s: %s closes its window at %s. Open now: %s. Bring to an end what is begun: what is open then is skipped, and nothing is changed any more."
                        .formatted(
                                incident.number(),
                                incident.summary(),
                                closes(execution),
                                open.isEmpty()
                                        ? "no task of a person"
                                        : open.stream()
                                                .map(MaintenanceWork::named)
                                                .collect(Collectors.joining(", ")));
        told.record(execution, warning, Map.of("told", workers.isEmpty() ? List.of("l1") : List.copyOf(workers)));
        told.announce(
                incident,
                workers,
                "closing",
                warning,
                open.stream().map(Task::getId).findFirst());
    }

    /** {@code ${incidents.closeWindow}}: what was ended or aborted before needs no window any more. */
    void close(DelegateExecution execution) {
        runs.abort(
                IncidentNumber.parse(execution.getProcessBusinessKey()),
                WorkStop.WINDOW,
                "it closed at " + closes(execution));
    }

    /** {@code ${incidents.concludeMaintenance}}: {@code conclusion} is done, abandoned or halfDone. */
    void conclude(DelegateExecution execution) {
        Incident incident = incident(execution);
        Checklist checklist = Checklist.of(execution.getVariable("checklist"));
        boolean begun = !checklist.items().isEmpty();
        String conclusion = checklist.has(State.HALF_DONE)
                ? "halfDone"
                : checklist.has(State.CUT_OFF) || !begun ? "abandoned" : "done";
        execution.setVariableLocal("conclusion", conclusion);
        told.record(
                execution,
                incident.summary() + ": " + (begun ? checklist.inWords() : "not begun"),
                Map.of("conclusion", conclusion));
        if (conclusion.equals("abandoned") && WorkStop.byWindow(incident)) {
            told.ask(
                    incident,
                    "left",
                    "%s: the window of %s closed before all was done. Left: %s. Nothing is left half done; do it in a window of your own, or leave it to its next date."
                            .formatted(incident.number(), incident.summary(), begun ? checklist.left() : "everything"));
        }
    }

    private Incident incident(DelegateExecution execution) {
        return incidents.get(IncidentNumber.parse(execution.getProcessBusinessKey()));
    }

    private static String closes(DelegateExecution execution) {
        return MaintenanceEntry.seconds(Instant.parse(String.valueOf(execution.getVariable("windowUntil"))));
    }

    private static String named(Task task) {
        return "'" + task.getName() + "'" + (task.getAssignee() == null ? "" : " (" + task.getAssignee() + ")");
    }
}
