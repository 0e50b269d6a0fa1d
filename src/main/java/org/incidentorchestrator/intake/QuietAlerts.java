package org.incidentorchestrator.intake;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Triage.Outcome;
import org.incidentorchestrator.intake.KeyHistory.Judged;
import org.springframework.stereotype.Component;

/** Alerts that tell of no trouble: heartbeats, inhibitors, and what its rule gives the severity "none" or "info". */
@Component
final class QuietAlerts {
    private static final String INFO = "its severity is info";

    private final IntakeSettings settings;
    private final Heartbeats heartbeats;
    private final InfoAlerts infos;

    QuietAlerts(IntakeSettings settings, Heartbeats heartbeats, InfoAlerts infos) {
        this.settings = settings;
        this.heartbeats = heartbeats;
        this.infos = infos;
    }

    /** @return none for an alert that is to be worked on; a heartbeat is written down */
    Optional<Judged> judge(Alert alert, Instant at) {
        if (isHeartbeat(alert) && alert.status() == Alert.Status.FIRING) {
            heartbeats.seen(alert, at);
        }
        Optional<String> suppressed = suppressed(alert);
        if (suppressed.isEmpty() && alert.severity() == Severity.INFO) {
            infos.seen(alert, at);
            return Optional.of(new Judged(alert, Outcome.RECORDED, INFO, false));
        }
        return suppressed.map(reason -> new Judged(alert, Outcome.SUPPRESSED, reason, false));
    }

    /** Why nothing is to be done about an alert; none for one that is to be worked on. */
    Optional<String> reason(Alert alert) {
        return suppressed(alert).or(() -> alert.severity() == Severity.INFO ? Optional.of(INFO) : Optional.empty());
    }

    private Optional<String> suppressed(Alert alert) {
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
