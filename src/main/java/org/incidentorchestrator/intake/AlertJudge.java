package org.incidentorchestrator.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.intake.KeyHistory.Judged;
import org.incidentorchestrator.intake.Letter.Delivery;
import org.springframework.stereotype.Component;

/**
 * Decides what alerts lead to: reads what is known of their keys, and asks the rules. Writes nothing; whoever carries it
 * out, compares or foretells decides by the same.
 */
@Component
final class AlertJudge {
    private final KeyHistories histories;
    private final QuietAlerts quiet;

    AlertJudge(KeyHistories histories, QuietAlerts quiet) {
        this.histories = histories;
        this.quiet = quiet;
    }

    /** In the caller's transaction, to be carried out in it: the open incidents' rows stay locked. */
    List<KeyCase> decide(List<Delivery> deliveries) {
        return judge(deliveries, histories.lock(deliveries));
    }

    /** Only to be told: what is decided may be otherwise a moment later. */
    List<KeyCase> foresee(List<Delivery> deliveries) {
        return judge(deliveries, histories.look(deliveries));
    }

    private List<KeyCase> judge(List<Delivery> deliveries, SortedMap<IncidentKey, KeyHistory> known) {
        Map<IncidentKey, KeyCase> cases = new LinkedHashMap<>();
        known.forEach((key, history) -> cases.put(key, new KeyCase(history, new LinkedHashMap<>())));
        deliveries.forEach(delivery -> judge(delivery, cases.get(delivery.key())));
        return new ArrayList<>(cases.values());
    }

    private void judge(Delivery delivery, KeyCase work) {
        Instant at = delivery.letter().row().receivedAt();
        List<Judged> judged = delivery.alerts().stream()
                .map(alert -> quiet.judge(alert).orElseGet(() -> work.history().apply(alert, at)))
                .toList();
        work.judged().put(delivery, judged);
    }
}
