package org.incidentorchestrator.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Episodes;
import org.incidentorchestrator.incident.Episodes.Kept;
import org.springframework.stereotype.Component;

/** Alerts that only inform (runbook T03): each is on the record once, however often it is sent, and opens nothing. */
@Component
final class InfoAlerts {
    private final Episodes episodes;
    private final AlertFacts facts;

    InfoAlerts(Episodes episodes, AlertFacts facts) {
        this.episodes = episodes;
        this.facts = facts;
    }

    void seen(Alert alert, Instant at) {
        Optional<Kept> known = episodes.find(List.of(alert.fingerprint())).stream()
                .filter(kept -> kept.episode().equals(alert.episode()))
                .findFirst();
        if (known.isEmpty()) {
            Kept fresh = new Kept(alert.episode(), Optional.empty(), alert.status(), at, at);
            episodes.add(List.of(fresh), Map.of(alert.episode(), alert));
            facts.informed(alert);
        } else if (known.get().status() != alert.status()) {
            Kept kept = known.get();
            episodes.update(List.of(new Kept(kept.episode(), kept.incident(), alert.status(), kept.firstSeenAt(), at)));
        }
    }
}
