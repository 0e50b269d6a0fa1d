package org.incidentorchestrator.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.EndingSettings;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.incident.MaintenanceWindows;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Triage;
import org.incidentorchestrator.intake.KeyHistory.Judged;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What alerts would lead to if they came in now: judged by the code that works on them, in a transaction that cannot
 * write. A moment later it may be otherwise.
 */
@Component
public class Foresight {
    private final AlertJudge judge;
    private final MaintenanceWindows windows;
    private final EndingSettings endings;
    private final TransactionTemplate reading;
    private final Clock clock;

    Foresight(
            AlertJudge judge,
            MaintenanceWindows windows,
            EndingSettings endings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.judge = judge;
        this.windows = windows;
        this.endings = endings;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.clock = clock;
    }

    /**
     * One alert, and what would become of it.
     *
     * @param triage its incident is absent where it would be a new one
     * @param incident of its key, as its row is now: the open one, or the one that would be reopened; none for a new one
     * @param raisedTo what the incident would be from then on, where this alert is worse than all before; none else
     * @param resolve what the resolve of all that fired would lead to
     * @param holding the maintenance windows that would keep it from people; none where no incident would be started
     */
    public record Foreseen(
            Alert alert,
            Triage triage,
            Optional<Incident> incident,
            Optional<Severity> raisedTo,
            Resolve resolve,
            List<MaintenanceWindow> holding) {
        /** Whether an incident would be started for it: opened, or opened again. */
        public boolean starts() {
            return triage.outcome() == Triage.Outcome.OPENED || triage.outcome() == Triage.Outcome.REOPENED;
        }
    }

    /** What a resolve would do to the incident. */
    public enum Resolve {
        NONE,
        /** The recovery is verified, and the incident closed. */
        ENDS_THE_INCIDENT,
        /** Only a person ends what its runbook works on. */
        ENDS_NOTHING
    }

    /** In the order of their keys. @param alerts of one message, in its order: each is judged after those before it */
    public List<Foreseen> of(List<Alert> alerts) {
        Instant now = clock.instant();
        return alerts.isEmpty() ? List.of() : reading.execute(status -> foresee(alerts, now));
    }

    private List<Foreseen> foresee(List<Alert> alerts, Instant now) {
        return judge.foresee(Letter.unsent(alerts, now).deliveries()).stream()
                .flatMap(work -> work.all().stream().map(judged -> foreseen(work, judged, now)))
                .toList();
    }

    private Foreseen foreseen(KeyCase work, Judged judged, Instant now) {
        Alert alert = judged.alert();
        Triage triage = judged.triage(work.history().number());
        boolean starts = work.history().start().filter(judged::equals).isPresent();
        return new Foreseen(
                alert,
                triage,
                work.history().incident(),
                work.worsening().filter(alert::equals).map(Alert::severity),
                triage.outcome() == Triage.Outcome.RESOLVED ? resolve(work) : Resolve.NONE,
                starts ? windows.holding(alert.key(), now) : List.of());
    }

    private Resolve resolve(KeyCase work) {
        return switch (work.resolve(endings)) {
            case NONE -> Resolve.NONE;
            case ENDS_IT -> Resolve.ENDS_THE_INCIDENT;
            case ENDS_NOTHING -> Resolve.ENDS_NOTHING;
        };
    }
}
