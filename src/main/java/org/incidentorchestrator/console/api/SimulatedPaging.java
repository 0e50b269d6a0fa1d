package org.incidentorchestrator.console.api;

import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.approval.paging.PagingSchedule;
import org.incidentorchestrator.console.api.SimulationView.PageView;
import org.incidentorchestrator.console.api.SimulationView.PagingView;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.notify.oncall.Contact;
import org.incidentorchestrator.notify.oncall.OnCall;
import org.incidentorchestrator.runbook.Escalation;
import org.incidentorchestrator.runbook.Ladder;
import org.incidentorchestrator.runbook.Ladder.Due;
import org.springframework.stereotype.Component;

/** Who would be paged when for an incident that nobody has, by its ladder and by who is on call then. */
@Component
final class SimulatedPaging {
    private static final List<String> EVERYBODY = List.of("l1", "l2", "l3", "l4");

    private final Escalation escalation;
    private final OnCall onCall;

    SimulatedPaging(Escalation escalation, OnCall onCall) {
        this.escalation = escalation;
        this.onCall = onCall;
    }

    /** @param incident that has paged nobody yet */
    PagingView of(Incident incident) {
        Ladder ladder = escalation.ladder(incident);
        List<Due> due = new ArrayList<>(List.of(ladder.next()));
        due.addAll(ladder.following());
        return new PagingView(
                due.stream().map(this::page).toList(),
                escalation.hours(incident).orElse(null));
    }

    private PageView page(Due due) {
        List<String> groups = due.level() == Ladder.EVERYBODY ? EVERYBODY : List.of("l" + due.level());
        return new PageView(
                due.level(),
                PagingSchedule.title(due.level()),
                due.at(),
                groups.stream()
                        .flatMap(group -> onCall.of(group, due.at()).stream())
                        .map(Contact::name)
                        .distinct()
                        .toList());
    }
}
