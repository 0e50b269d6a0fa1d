package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.CommonCauseSettings;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.MaintenanceSettings;
import org.incidentorchestrator.incident.Severity;
import org.springframework.stereotype.Component;

/**
 * Keeps the first page of an incident until it was looked whether it is one of many: where several services are down at
 * once, or the incident of a common cause is open. Nobody is paged fifty times for one cause; and whatever becomes of the
 * look, people are paged when its time is over. An incident that stands alone is paged at once.
 */
@Component
public class CauseSuspicion {
    private final CommonCauses causes;
    private final CommonCauseSettings settings;
    private final MaintenanceSettings maintenance;
    private final EvidenceLog evidence;
    private final Clock clock;

    CauseSuspicion(
            CommonCauses causes,
            CommonCauseSettings settings,
            MaintenanceSettings maintenance,
            EvidenceLog evidence,
            Clock clock) {
        this.causes = causes;
        this.settings = settings;
        this.maintenance = maintenance;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * Whether it may wait on another one. What a person declared is what that person means; what pages nobody has nothing
     * to wait with; and an incident that others wait on waits on none.
     */
    boolean mayWait(Incident incident) {
        return incident.firing()
                && !incident.aborted()
                && !incident.exercise()
                && !incident.isCommonCause()
                && incident.endsWithItsAlerts()
                && incident.severity() != Severity.INFO
                && !maintenance.neverHeld().contains(incident.key().alertName());
    }

    /** Before their processes are started. Two questions for all of them, however many. */
    void holdPages(List<Incident> opened) {
        Instant now = clock.instant();
        List<Incident> some = opened.stream()
                .filter(incident -> mayWait(incident) && !incident.held(now))
                .toList();
        if (!some.isEmpty() && suspected(now)) {
            Instant until = now.plus(settings.pageWithin());
            causes.holdPages(some.stream().map(Incident::number).toList(), until);
            some.forEach(incident -> evidence.append(Entry.of(
                            Entry.Kind.HELD,
                            incident.number(),
                            Entry.SELF,
                            "it may be one of many: first it is looked whether they have one cause; people are paged at "
                                    + until + " at the latest")
                    .with(Map.of("until", until.toString()))));
        }
    }

    /** Until when its first page would be kept at the latest, if it were opened now; empty when it pages at once. */
    public Optional<Instant> wouldHold(Incident foreseen) {
        Instant now = clock.instant();
        boolean held = mayWait(foreseen) && !foreseen.held(now) && (severalWith(foreseen, now) || causes.anyOpen());
        return held ? Optional.of(now.plus(settings.pageWithin())) : Optional.empty();
    }

    private boolean severalWith(Incident foreseen, Instant now) {
        String workload = foreseen.key().workload();
        int beside = causes.servicesDownBeside(foreseen.key().namespace(), workload, now.minus(settings.within()));
        return beside + (workload.isEmpty() ? 0 : 1) >= settings.services();
    }

    private boolean suspected(Instant now) {
        return several(now) || causes.anyOpen();
    }

    /** Whether so many services are down at once that it is taken for one trouble. */
    boolean several(Instant now) {
        return causes.servicesDown(now.minus(settings.within())) >= settings.services();
    }
}
