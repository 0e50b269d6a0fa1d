package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.approval.watchdog.StuckWork;
import org.incidentorchestrator.console.api.OperationsView.LeaseView;
import org.incidentorchestrator.console.api.OperationsView.OpenView;
import org.incidentorchestrator.console.api.OperationsView.StuckView;
import org.incidentorchestrator.console.api.OperationsView.TimesView;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.incidentorchestrator.incident.ResponseTimes;
import org.incidentorchestrator.runbook.Leases;
import org.incidentorchestrator.runbook.RunbookLineUse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What whoever is responsible looks at: what is open, what is stuck, what has to be taken back, and how it has gone. Nine queries at most. */
@RestController
@Tag(name = "Operations", description = "What is open, what is stuck, and how it has gone")
final class OperationsController {
    private static final int MOST = 200;

    private final Incidents incidents;
    private final WhatNext next;
    private final StuckWork stuck;
    private final Leases leases;
    private final ResponseTimes times;
    private final RunbookLineUse lines;
    private final Clock clock;

    OperationsController(
            Incidents incidents,
            WhatNext next,
            StuckWork stuck,
            Leases leases,
            ResponseTimes times,
            RunbookLineUse lines,
            Clock clock) {
        this.incidents = incidents;
        this.next = next;
        this.stuck = stuck;
        this.leases = leases;
        this.times = times;
        this.lines = lines;
        this.clock = clock;
    }

    @GetMapping("/api/operations")
    @Operation(summary = "What is open and happens next, what is stuck, leases, times to acknowledge and resolve")
    OperationsView now() {
        List<Incident> open = incidents.list(Listed.OPEN, null, MOST);
        Map<IncidentNumber, Next> after = next.of(open);
        return new OperationsView(
                clock.instant(),
                open.stream()
                        .map(incident -> OpenView.of(incident, after.get(incident.number())))
                        .toList(),
                stuck.list().stream().map(StuckView::of).toList(),
                leases.list().stream().map(LeaseView::of).toList(),
                times.all().stream().map(TimesView::of).toList());
    }

    /** Apart from the others: over a long history it takes its time, and nobody waits for it to see what is stuck. */
    @GetMapping("/api/operations/lines")
    @Operation(summary = "Which lines of the written runbook were ever worked; figures may be ten minutes old")
    RunbookLinesView lines() {
        return RunbookLinesView.of(lines.list());
    }
}
