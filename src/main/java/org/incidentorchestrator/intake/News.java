package org.incidentorchestrator.intake;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.Alert;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which alerts would change something, by the rules that they are worked on by. Nothing is written. */
@Component
final class News {
    private final AlertJudge judge;
    private final TransactionTemplate transaction;

    News(AlertJudge judge, PlatformTransactionManager transactions) {
        this.judge = judge;
        this.transaction = new TransactionTemplate(transactions);
    }

    Set<Alert> of(List<Alert> alerts, Instant at) {
        return alerts.isEmpty() ? Set.of() : transaction.execute(status -> judge(alerts, at));
    }

    private Set<Alert> judge(List<Alert> alerts, Instant at) {
        return judge.foresee(Letter.unsent(alerts, at).deliveries()).stream()
                .flatMap(work -> work.all().stream())
                .filter(KeyHistory.Judged::fresh)
                .map(KeyHistory.Judged::alert)
                .collect(Collectors.toSet());
    }
}
