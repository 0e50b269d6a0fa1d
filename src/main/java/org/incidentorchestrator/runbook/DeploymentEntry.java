package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.incident.MaintenanceWindows;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.step.Stop;
import org.incidentorchestrator.step.StopSwitch;
import org.incidentorchestrator.step.guard.GuardSettings;
import org.springframework.stereotype.Component;

/**
 * What speaks against a deployment to a namespace now, whatever the cluster says: a freeze or a stop of all changes
 * ({@code frozen}, {@code freezeText}), a critical incident there that is open ({@code criticalIncidents},
 * {@code criticalText}), and, where {@code deployment.window} asks for one, that no maintenance window is open
 * ({@code window}: open, none, required; {@code windowText}). The gravest of them is {@code objection}. Empty texts say
 * that there is none.
 */
@Component
class DeploymentEntry {
    private final Incidents incidents;
    private final MaintenanceWindows windows;
    private final GuardSettings guards;
    private final StopSwitch stop;
    private final DeploymentSettings settings;
    private final Clock clock;

    DeploymentEntry(
            Incidents incidents,
            MaintenanceWindows windows,
            GuardSettings guards,
            StopSwitch stop,
            DeploymentSettings settings,
            Clock clock) {
        this.incidents = incidents;
        this.windows = windows;
        this.guards = guards;
        this.stop = stop;
        this.settings = settings;
        this.clock = clock;
    }

    void check(DelegateExecution execution) {
        Found found = find(
                String.valueOf(execution.getVariable("namespace")),
                IncidentNumber.parse(execution.getProcessBusinessKey()));
        execution.setVariableLocal("frozen", !found.freeze().isEmpty());
        execution.setVariableLocal("freezeText", found.freeze());
        execution.setVariableLocal("criticalIncidents", found.critical().size());
        execution.setVariableLocal("criticalText", String.join(", ", found.critical()));
        execution.setVariableLocal("window", found.window());
        execution.setVariableLocal("windowText", found.windowText());
        execution.setVariableLocal("objection", found.objection());
    }

    /**
     * @param freeze why nothing is changed now; empty when that is not so
     * @param critical the critical incidents that are open there, each with its alert
     * @param window open, none or required
     */
    record Found(String freeze, List<String> critical, String window, String windowText) {
        /** The gravest of what speaks against it, as a sentence; empty when nothing does. */
        String objection() {
            if (!freeze.isEmpty()) {
                return "Nothing may be changed now: " + freeze;
            }
            if (!critical.isEmpty()) {
                return "Critical incidents are open: " + String.join(", ", critical);
            }
            return window.equals("required") ? "A maintenance window has to be open: " + windowText : "";
        }
    }

    /** @param own the deployment's own record, which is none of them */
    Found find(String namespace, IncidentNumber own) {
        Instant now = clock.instant();
        Optional<MaintenanceWindow> open = open(namespace, now);
        String closed = settings.window() == DeploymentSettings.Window.REQUIRED ? "required" : "none";
        return new Found(
                frozen(now).orElse(""),
                critical(namespace, own),
                open.isPresent() ? "open" : closed,
                open.map(DeploymentEntry::text).orElse("no maintenance window of " + namespace + " is open"));
    }

    private Optional<String> frozen(Instant now) {
        return stop.now().map(Stop::inWords).or(() -> guards.freeze().stream()
                .filter(freeze -> freeze.holdsAt(now))
                .findFirst()
                .map(freeze -> "changes are frozen until %s: %s".formatted(freeze.to(), freeze.reason())));
    }

    /** One whose severity nobody knows pages like a critical one, and counts as one. */
    private List<String> critical(String namespace, IncidentNumber own) {
        return Stream.of(Severity.CRITICAL, Severity.UNKNOWN)
                .flatMap(severity -> incidents.listOpen(namespace, severity).stream())
                .filter(incident -> !incident.number().equals(own))
                .map(incident ->
                        "%s (%s)".formatted(incident.number(), incident.key().alertName()))
                .toList();
    }

    /** One for a single workload is no window for all that an application delivers. */
    private Optional<MaintenanceWindow> open(String namespace, Instant now) {
        return windows.notOver(now).stream()
                .filter(window -> window.holdsAt(now) && window.namespace().equals(namespace))
                .filter(window -> window.workload().equals(MaintenanceWindow.ALL))
                .findFirst();
    }

    private static String text(MaintenanceWindow window) {
        return "maintenance of %s until %s: %s".formatted(window.where(), window.until(), window.reason());
    }
}
