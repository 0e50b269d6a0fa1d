package org.incidentorchestrator.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.Alert.Episode;
import org.incidentorchestrator.incident.Episodes.Burning;

/**
 * Since which look an alert is missing. One look proves nothing: an alert may be listed again a moment later. Kept in
 * memory, so that a restart begins anew and believes later rather than sooner.
 */
final class Absences {
    private final Map<Episode, Instant> since = new HashMap<>();
    private final Duration believedAfter;

    Absences(Duration believedAfter) {
        this.believedAfter = believedAfter;
    }

    /** @return of the alerts that this look misses, those that are missing for long enough */
    List<Burning> believed(List<Burning> missing, Instant lookedAt) {
        Map<Episode, Instant> earlier = new HashMap<>(since);
        since.clear();
        missing.forEach(alert -> {
            Episode episode = alert.kept().episode();
            Instant first = earlier.getOrDefault(episode, lookedAt);
            boolean heardSince = !alert.kept().lastSeenAt().isBefore(first);
            since.put(episode, heardSince ? lookedAt : first);
        });
        return missing.stream()
                .filter(alert ->
                        !lookedAt.isBefore(since.get(alert.kept().episode()).plus(believedAfter)))
                .toList();
    }

    void forget() {
        since.clear();
    }
}
