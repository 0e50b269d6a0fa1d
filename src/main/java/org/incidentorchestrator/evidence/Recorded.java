package org.incidentorchestrator.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.evidence.Artefacts.Kept;

/**
 * An entry as it was kept.
 *
 * @param id the order in which entries were appended
 * @param sealed whether it has its place in the chain; it gets it within a second
 * @param artefacts what was kept with it, without the contents
 */
public record Recorded(
        long id,
        Instant at,
        Entry.Kind kind,
        String actor,
        String activity,
        String summary,
        Map<String, Object> details,
        boolean sealed,
        List<Kept> artefacts) {

    /** What does the same by hand, line by line; none for what no line does. */
    public List<String> kubectl() {
        return Kubectl.lines(details);
    }
}
