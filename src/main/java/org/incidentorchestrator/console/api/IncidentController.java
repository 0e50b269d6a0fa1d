package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentFilter;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.incidentorchestrator.incident.Severity;
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
    private static final String NUMBER = "|(INC-)?[1-9][0-9]{0,17}";
    private static final String SEVERITIES = "|critical|warning|info|unknown";

    private final Incidents incidents;
    private final Timeline timeline;
    private final WhatNext next;
    private final CommonCauses causes;
    private final Clock clock;

    IncidentController(Incidents incidents, Timeline timeline, WhatNext next, CommonCauses causes, Clock clock) {
        this.incidents = incidents;
        this.timeline = timeline;
        this.next = next;
        this.causes = causes;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "Incidents that all given filters let through, newest first")
    IncidentPage list(
            @RequestParam(defaultValue = "all") @Pattern(regexp = STATES, message = "must be open, closed or all")
                    String state,
            @RequestParam(required = false) @Pattern(regexp = NUMBER, message = "must be a number as INC-7 or 7")
                    String number,
            @RequestParam(required = false) @Size(max = 255) String service,
            @RequestParam(required = false) @Size(max = 255) String namespace,
            @RequestParam(required = false) @Size(max = 255) String runbook,
            @RequestParam(required = false)
                    @Pattern(regexp = SEVERITIES, message = "must be critical, warning, info or unknown")
                    String severity,
            @RequestParam(required = false) @Size(max = 255) String person,
            @RequestParam(required = false) Instant from,
            @RequestParam(required = false) Instant to,
            @RequestParam(required = false) IncidentNumber before,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        var filter = new IncidentFilter(
                Listed.valueOf(state.toUpperCase(Locale.ROOT)),
                given(number).map(IncidentController::number).orElse(null),
                given(service).orElse(null),
                given(namespace).orElse(null),
                given(runbook).orElse(null),
                given(severity).map(Severity::of).orElse(null),
                given(person).orElse(null),
                from,
                to);
        return IncidentPage.of(incidents.search(filter, before, limit + 1), filter, limit);
    }

    /** A form sends its empty fields too. */
    private static Optional<String> given(String parameter) {
        return Optional.ofNullable(parameter).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static IncidentNumber number(String text) {
        return IncidentNumber.parse(text.startsWith("INC-") ? text : "INC-" + text);
    }

    @GetMapping("/{incident}")
    @Operation(summary = "One incident, and what happens next and when")
    IncidentDetail one(@PathVariable IncidentNumber incident) {
        Incident found = existing(incident);
        return IncidentDetail.of(found, next.of(found), children(found));
    }

    @GetMapping("/{incident}/timeline")
    @Operation(summary = "What happened, oldest first, with links to the evidence")
    TimelinePage timeline(
            @PathVariable IncidentNumber incident,
            @RequestParam(defaultValue = "0") @Min(0) long after,
            @RequestParam(defaultValue = "200") @Min(1) @Max(1000) int limit) {
        return TimelinePage.of(existing(incident), timeline.of(incident, after, limit + 1), limit);
    }

    private List<IncidentDetail.Child> children(Incident incident) {
        return incident.isCommonCause()
                ? causes.children(incident.number(), IncidentDetail.MOST_CHILDREN).stream()
                        .map(child -> IncidentDetail.Child.of(child, clock.instant()))
                        .toList()
                : List.of();
    }

    private Incident existing(IncidentNumber incident) {
        return incidents.find(incident).orElseThrow(() -> NotThere.incident(incident));
    }
}
