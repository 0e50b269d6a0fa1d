package org.incidentorchestrator.step.verb;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.PatchedField;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.RecordedChange;
import org.incidentorchestrator.step.RecordedChanges;

/** What a case says that was changed before. */
final class RecordedOnPaper implements RecordedChanges {
    private List<RecordedChange> changes = List.of();

    /** @param given a list of step, target, uid, at, set and undo (bodies of patches) */
    void are(JsonNode given) {
        List<RecordedChange> read = new ArrayList<>();
        given.forEach(one -> read.add(new RecordedChange(
                one.path("step").asText(),
                Target.parse(one.path("target").asText()),
                one.path("uid").asText(),
                Instant.parse(one.path("at").asText()),
                PatchedField.of(one.path("set"), false),
                one.has("undo") ? Optional.of(one.get("undo")) : Optional.empty())));
        changes = read;
    }

    @Override
    public Optional<RecordedChange> last(IncidentNumber incident, String step, Target target) {
        return changes.stream()
                .filter(change -> change.step().equals(step) && change.target().equals(target))
                .findFirst();
    }
}
