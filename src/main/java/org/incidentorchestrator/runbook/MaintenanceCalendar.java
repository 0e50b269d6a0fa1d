package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.HoldEnded;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.MaintenanceSettings;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.incident.MaintenanceWindows;
import org.incidentorchestrator.incident.Target;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Declares maintenance windows and ends them early, on the record: each keeps alerts from people for a time. */
@Component
public class MaintenanceCalendar {
    private static final int LONGEST_REASON = 1000;

    private final MaintenanceWindows windows;
    private final Incidents incidents;
    private final MaintenanceSettings settings;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    MaintenanceCalendar(
            MaintenanceWindows windows,
            Incidents incidents,
            MaintenanceSettings settings,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.windows = windows;
        this.incidents = incidents;
        this.settings = settings;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /** Those that hold now or will, the first to end first. */
    public List<MaintenanceWindow> notOver() {
        return windows.notOver(clock.instant());
    }

    /** @return each as a sentence, all at once; none when it can be declared */
    public List<String> faults(MaintenanceWindow window) {
        List<String> faults = new ArrayList<>();
        if (window.from() == null || window.until() == null) {
            faults.add("from and until have to be times in UTC, such as 2026-11-29T02:00:00Z");
        } else {
            askTimes(window.from(), window.until(), faults);
        }
        if (!Target.isNamespace(window.namespace())) {
            faults.add("namespace is '%s'; it has to be one namespace: at most 63 of a-z, 0-9 and '-'"
                    .formatted(window.namespace()));
        }
        if (!MaintenanceWindow.ALL.equals(window.workload()) && !Target.isName(window.workload())) {
            faults.add("workload is '%s'; it has to be a workload's name, or * for all of the namespace"
                    .formatted(window.workload()));
        }
        if (window.reason() == null
                || window.reason().strip().length() < 3
                || window.reason().length() > LONGEST_REASON) {
            faults.add("reason has to say why, in 3 to %d characters".formatted(LONGEST_REASON));
        }
        return faults;
    }

    private void askTimes(Instant from, Instant until, List<String> faults) {
        if (!from.isBefore(until)) {
            faults.add("until has to be after from");
        } else if (!until.isAfter(clock.instant())) {
            faults.add("until is %s, which is past".formatted(until));
        } else if (Duration.between(from, until).compareTo(settings.longest()) > 0) {
            faults.add(
                    "the window is longer than %s (maintenance.longest); declare a shorter one, and the next one when it is needed"
                            .formatted(settings.longest()));
        }
    }

    /** @param window one without {@link #faults} */
    @Transactional
    public MaintenanceWindow declare(MaintenanceWindow window) {
        MaintenanceWindow added = windows.add(window);
        record(
                added,
                window.by(),
                "%s declared maintenance of %s from %s until %s: %s"
                        .formatted(window.by(), added.where(), added.from(), added.until(), added.reason()));
        return added;
    }

    /** Ends a window now; what it kept from people asks again at once. @return the window; empty when it was over */
    @Transactional
    public Optional<MaintenanceWindow> end(long id, String person) {
        Instant now = clock.instant();
        if (!windows.end(id, now)) {
            return Optional.empty();
        }
        MaintenanceWindow ended = windows.find(id).orElseThrow();
        record(
                ended,
                person,
                "%s ended the maintenance of %s, declared by %s until %s, early"
                        .formatted(person, ended.where(), ended.by(), ended.until()));
        events.publishEvent(new HoldEnded(incidents.held(now).stream()
                .filter(incident -> ended.covers(incident.key()))
                .map(Incident::number)
                .toList()));
        return Optional.of(ended);
    }

    public Optional<MaintenanceWindow> find(long id) {
        return windows.find(id);
    }

    private void record(MaintenanceWindow window, String person, String what) {
        evidence.append(new Entry(
                Entry.Kind.MAINTENANCE,
                Optional.empty(),
                person,
                "",
                what,
                Map.of(
                        "window", window.id(),
                        "namespace", window.namespace(),
                        "workload", window.workload(),
                        "from", window.from().toString(),
                        "until", window.until().toString())));
    }
}
