package org.incidentorchestrator.intake;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Triage.Outcome;
import org.incidentorchestrator.intake.KeyHistory.Judged;
import org.springframework.stereotype.Component;

/** Alerts that tell of no trouble: heartbeats, inhibitors, and what its rule gives the severity "none". */
@Component
final class QuietAlerts {
    private final IntakeSettings settings;
    private final Heartbeats heartbeats;

    QuietAlerts(IntakeSettings settings, Heartbeats heartbeats) {
        this.settings = settings;
        this.heartbeats = heartbeats;
    }

    /** @return none for an alert that is to be worked on; a heartbeat is written down */
    Optional<Judged> judge(Alert alert, Instant at) {
        String name = alert.key().alertName();
        if (settings.heartbeats().contains(name)) {
            if (alert.status() == Alert.Status.FIRING) {
                heartbeats.seen(alert, at);
            }
            return quiet(alert, "a heartbeat");
        }
        if (settings.suppressed().contains(name)) {
            return quiet(alert, "a rule of intake.suppressed");
        }
        return "none".equalsIgnoreCase(alert.labels().get("severity"))
                ? quiet(alert, "its severity is none")
                : Optional.empty();
    }

    private static Optional<Judged> quiet(Alert alert, String reason) {
        return Optional.of(new Judged(alert, Outcome.SUPPRESSED, reason, false));
    }
}
