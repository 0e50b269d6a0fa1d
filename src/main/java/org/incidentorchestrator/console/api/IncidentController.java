package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Locale;
import org.incidentorchestrator.approval.paging.PagingSchedule;
import org.incidentorchestrator.evidence.IncidentReport;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.incidentorchestrator.runbook.RunbookProgress;
import org.incidentorchestrator.step.StopSwitch;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What there is, what happened, and what happens next. */
@RestController
@RequestMapping("/api/incidents")
@Tag(name = "Incidents", description = "What is open, what happened, what happens next")
final class IncidentController {
    private static final String STATES = "open|closed|all";
    private static final String MARKDOWN = "text/markdown;charset=UTF-8";
    private static final int REPORTED = 20_000;

    private final Incidents incidents;
    private final Timeline timeline;
    private final RunbookProgress progress;
    private final PagingSchedule paging;
    private final StopSwitch stop;

    IncidentController(
            Incidents incidents, Timeline timeline, RunbookProgress progress, PagingSchedule paging, StopSwitch stop) {
        this.incidents = incidents;
        this.timeline = timeline;
        this.progress = progress;
        this.paging = paging;
        this.stop = stop;
    }

    @GetMapping
    @Operation(summary = "Incidents, newest first")
    IncidentPage list(
            @RequestParam(defaultValue = "all") @Pattern(regexp = STATES, message = "must be open, closed or all")
                    String state,
            @RequestParam(required = false) IncidentNumber before,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        var which = Listed.valueOf(state.toUpperCase(Locale.ROOT));
        return IncidentPage.of(incidents.list(which, before, limit + 1), state, limit);
    }

    @GetMapping("/{incident}")
    @Operation(summary = "One incident, and what happens next and when")
    IncidentDetail one(@PathVariable IncidentNumber incident) {
        Incident found = existing(incident);
        return IncidentDetail.of(found, next(found));
    }

    @GetMapping("/{incident}/timeline")
    @Operation(summary = "What happened, oldest first, with links to the evidence")
    TimelinePage timeline(
            @PathVariable IncidentNumber incident,
            @RequestParam(defaultValue = "0") @Min(0) long after,
            @RequestParam(defaultValue = "200") @Min(1) @Max(1000) int limit) {
        existing(incident);
        return TimelinePage.of(incident, timeline.of(incident, after, limit + 1), limit);
    }

    @GetMapping(path = "/{incident}/report", produces = MARKDOWN)
    @Operation(summary = "The incident as a page of Markdown: summary, times, decisions, commands, timeline")
    String report(@PathVariable IncidentNumber incident) {
        Incident reported = existing(incident);
        List<String> next = reported.open() ? next(reported).inWords() : List.of();
        return IncidentReport.of(reported, timeline.of(incident, 0, REPORTED), next);
    }

    private Next next(Incident incident) {
        return Next.of(incident, progress.of(incident.number()), paging.nextInWords(incident), stop.now());
    }

    private Incident existing(IncidentNumber incident) {
        return incidents.find(incident).orElseThrow(() -> NotThere.incident(incident));
    }
}
