package org.incidentorchestrator.console.api;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.approval.paging.PagingSchedule;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.RunbookProgress;
import org.incidentorchestrator.runbook.RunbookProgress.Progress;
import org.incidentorchestrator.step.Stop;
import org.incidentorchestrator.step.StopSwitch;
import org.springframework.stereotype.Component;

/** What an incident waits for, asked of all who know. */
@Component
final class WhatNext {
    private final RunbookProgress progress;
    private final PagingSchedule paging;
    private final CommonCauses causes;
    private final StopSwitch stop;
    private final Clock clock;

    WhatNext(RunbookProgress progress, PagingSchedule paging, CommonCauses causes, StopSwitch stop, Clock clock) {
        this.progress = progress;
        this.paging = paging;
        this.causes = causes;
        this.stop = stop;
        this.clock = clock;
    }

    Next of(Incident incident) {
        if (!incident.open()) {
            return Next.of(incident, progress.of(incident.number()), "", Optional.empty());
        }
        return of(List.of(incident)).get(incident.number());
    }

    /** The same of many, at the price of one: four queries. */
    Map<IncidentNumber, Next> of(Collection<Incident> incidents) {
        Map<IncidentNumber, Progress> stand =
                progress.of(incidents.stream().map(Incident::number).toList());
        Map<IncidentNumber, String> pages = paging.nextInWords(incidents);
        Map<IncidentNumber, String> waits = causes.waitsInWords(incidents, clock.instant());
        Optional<Stop> stopped = stop.now();
        return incidents.stream().collect(Collectors.toMap(Incident::number, incident -> {
            IncidentNumber number = incident.number();
            String wait = waits.containsKey(number) ? waits.get(number) + " " : "";
            return Next.of(incident, stand.get(number), wait + pages.get(number), stopped);
        }));
    }
}
