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

    /** @return none for an alert that is to be worked on */
    Optional<Judged> judge(Alert alert) {
        Optional<String> suppressed = suppressed(alert);
        if (suppressed.isEmpty() && informs(alert)) {
            return Optional.of(new Judged(alert, Outcome.RECORDED, INFO, false));
        }
        return suppressed.map(reason -> new Judged(alert, Outcome.SUPPRESSED, reason, false));
    }

    /** Writes down what such an alert is good for: that a heartbeat was heard, that something informs. */
    void note(Alert alert, Instant at) {
        if (isHeartbeat(alert) && alert.status() == Alert.Status.FIRING) {
            heartbeats.seen(alert, at);
        }
        if (suppressed(alert).isEmpty() && informs(alert)) {
            infos.seen(alert, at);
        }
    }

    private static boolean informs(Alert alert) {
        return alert.severity() == Severity.INFO;
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
