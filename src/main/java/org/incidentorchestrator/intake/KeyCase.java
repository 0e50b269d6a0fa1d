package org.incidentorchestrator.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.EndingSettings;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Triage.Outcome;
import org.incidentorchestrator.intake.KeyHistory.Judged;
import org.incidentorchestrator.intake.Letter.Delivery;

/**
 * A key, what was decided about its alerts by the message that brought them, and what follows for its incident. What is
 * decided here is written elsewhere, or only told.
 */
record KeyCase(KeyHistory history, Map<Delivery, List<Judged>> judged) {
    List<Judged> all() {
        return judged.values().stream().flatMap(List::stream).toList();
    }

    Alert last() {
        List<Judged> all = all();
        return all.get(all.size() - 1).alert();
    }

    /** Of what has newly joined: an incident that was a warning pages as what is critical from then on. */
    Optional<Alert> worsening() {
        return all().stream()
                .filter(judged -> judged.fresh() && judged.outcome() == Outcome.ATTACHED)
                .map(Judged::alert)
                .filter(alert -> alert.status() == Alert.Status.FIRING)
                .reduce((one, other) -> other.severity().worseThan(one.severity()) ? other : one)
                .filter(worst -> stated().filter(worst.severity()::worseThan).isPresent());
    }

    /** How bad the incident is without what has newly joined; none where there is no incident. */
    private Optional<Severity> stated() {
        Optional<Severity> opening = history.start()
                .filter(start -> start.outcome() == Outcome.OPENED)
                .map(start -> start.alert().severity());
        return opening.or(() -> history.incident().map(Incident::severity));
    }

    /** What the pager's resolve of all that fired leads to. */
    enum Resolve {
        /** Something fires, or fired no more before. */
        NONE,
        ENDS_IT,
        /** Only a person ends what its runbook works on. */
        ENDS_NOTHING
    }

    Resolve resolve(EndingSettings endings) {
        if (!history.ends()) {
            return Resolve.NONE;
        }
        return endings.byPager(history.runbook()) ? Resolve.ENDS_IT : Resolve.ENDS_NOTHING;
    }
}
