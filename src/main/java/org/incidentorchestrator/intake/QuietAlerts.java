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
        if (isHeartbeat(alert) && alert.status() == Alert.Status.FIRING) {
            heartbeats.seen(alert, at);
        }
        return reason(alert).map(reason -> new Judged(alert, Outcome.SUPPRESSED, reason, false));
    }

    /** Why nothing is to be done about an alert; none for one that is to be worked on. */
    Optional<String> reason(Alert alert) {
        if (isHeartbeat(alert)) {
            return Optional.of("a heartbeat");
        }
        if (settings.suppressed().contains(alert.key().alertName())) {
            return Optional.of("a rule of intake.suppressed");
        }
        return "none".equalsIgnoreCase(alert.labels().get("severity"))
                ? Optional.of("its severity is none")
                : Optional.empty();
    }

    private boolean isHeartbeat(Alert alert) {
        return settings.heartbeats().contains(alert.key().alertName());
    }
}
