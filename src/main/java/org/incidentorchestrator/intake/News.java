package org.incidentorchestrator.intake;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.IncidentKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which alerts would change something, by the rules that they are worked on by. Nothing is written. */
@Component
final class News {
    private final KeyHistories histories;
    private final QuietAlerts quiet;
    private final TransactionTemplate transaction;

    News(KeyHistories histories, QuietAlerts quiet, PlatformTransactionManager transactions) {
        this.histories = histories;
        this.quiet = quiet;
        this.transaction = new TransactionTemplate(transactions);
    }

    Set<Alert> of(List<Alert> alerts, Instant at) {
        List<Alert> loud =
                alerts.stream().filter(alert -> quiet.reason(alert).isEmpty()).toList();
        return loud.isEmpty() ? Set.of() : transaction.execute(status -> judge(loud, at));
    }

    private Set<Alert> judge(List<Alert> alerts, Instant at) {
        var letter = new Letter(
                new Inbox.Row(0, alerts.get(0).source(), at, 0, new byte[0]), new Message(alerts, List.of(), 0));
        Map<IncidentKey, KeyHistory> known = histories.read(letter.deliveries());
        Set<Alert> news = new HashSet<>();
        alerts.forEach(alert -> Optional.of(known.get(alert.key()).apply(alert, at))
                .filter(KeyHistory.Judged::fresh)
                .ifPresent(judged -> news.add(alert)));
        return news;
    }
}
