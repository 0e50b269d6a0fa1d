package org.incidentorchestrator.approval;

import java.time.Clock;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.runbook.MaintenanceCalendar;
import org.springframework.stereotype.Component;

/**
 * Keeps the alerts of a maintenance from people while somebody has one of its items in hand, and no longer: a window of
 * the calendar, which ends with that of the maintenance at the latest. Of one that a person has begun nothing is kept from
 * people: whoever may declare a window does so.
 */
@Component
class ItemQuiet {
    /** The window's id, while there may be one. The item's note ends it too: a task that is taken away says nothing. */
    private static final String WINDOW = "quietWindow";

    private final MaintenanceCalendar calendar;
    private final Incidents incidents;
    private final Clock clock;

    ItemQuiet(MaintenanceCalendar calendar, Incidents incidents, Clock clock) {
        this.calendar = calendar;
        this.incidents = incidents;
        this.clock = clock;
    }

    void begin(DelegateTask task) {
        if (task.getAssignee() == null) {
            return;
        }
        IncidentTasks.incident(task)
                .map(incidents::get)
                .filter(incident -> Entry.SELF.equals(incident.declaredBy()))
                .map(incident -> window(incident, task))
                .filter(window -> calendar.faults(window).isEmpty())
                .ifPresent(window -> task.getExecution()
                        .setVariable(WINDOW, calendar.declare(window).id()));
    }

    void end(DelegateTask task) {
        if (task.getVariable(WINDOW) instanceof Long id) {
            IncidentTasks.unrestricted(
                    task.getProcessEngineServices(), () -> calendar.end(id, IncidentTasks.person(task)));
        }
    }

    private MaintenanceWindow window(Incident incident, DelegateTask task) {
        return new MaintenanceWindow(
                0,
                String.valueOf(task.getVariable("namespace")),
                MaintenanceWindow.ALL,
                clock.instant(),
                Instant.parse(String.valueOf(task.getVariable("windowUntil"))),
                task.getAssignee(),
                incident.number() + ": " + task.getVariable("item"),
                null);
    }
}
