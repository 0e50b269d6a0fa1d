package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.history.RunHistory;
import org.incidentorchestrator.runbook.history.RunVariables;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The diagrams that an incident really ran through, open or closed, and what was done at each of their elements. */
@RestController
@RequestMapping("/api/incidents/{incident}")
@Tag(name = "Runs", description = "The processes of an incident, and the path that each took")
final class RunController {
    private final Incidents incidents;
    private final RunHistory history;
    private final RunVariables variables;

    RunController(Incidents incidents, RunHistory history, RunVariables variables) {
        this.variables = variables;
        this.incidents = incidents;
        this.history = history;
    }

    @GetMapping("/run")
    @Operation(summary = "Which processes ran for an incident, in which version, in the order they were started")
    RunView instances(@PathVariable IncidentNumber incident) {
        return history.of(incident).map(RunView::of).orElseThrow(() -> NotThere.incident(incident));
    }

    @GetMapping("/run/{instance}")
    @Operation(
            summary =
                    "What one of them passed: when, with which outcome, by whom, with which kubectl line; and the BPMN")
    RunPathView path(@PathVariable IncidentNumber incident, @PathVariable String instance) {
        return history.path(incident, instance)
                .map(path -> RunPathView.of(incident, path))
                .orElseThrow(() -> missing(incident, instance));
    }

    @GetMapping("/variables")
    @Operation(summary = "What its processes knew: of each variable the latest value, redacted")
    RunVariablesView variables(@PathVariable IncidentNumber incident) {
        incidents.find(incident).orElseThrow(() -> NotThere.incident(incident));
        return RunVariablesView.of(variables.of(incident));
    }

    private NotThere missing(IncidentNumber incident, String instance) {
        return incidents.find(incident).isEmpty() ? NotThere.incident(incident) : NotThere.run(incident, instance);
    }
}
