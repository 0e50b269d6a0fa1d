package org.incidentorchestrator.evidence.report;

import java.util.List;
import org.incidentorchestrator.incident.Incident;

/** The sentences of the summary that say what was wrong, with what, how it was noticed and who was kept from it. */
final class SummaryOfBeginning {
    private final IncidentRecord record;
    private final Incident incident;

    private SummaryOfBeginning(IncidentRecord record) {
        this.record = record;
        this.incident = record.incident();
    }

    /** One that has nothing to say is empty. */
    static List<String> of(IncidentRecord record) {
        var beginning = new SummaryOfBeginning(record);
        return List.of(
                beginning.wrong(), beginning.noticed(), beginning.cameBack(), beginning.about(), beginning.heldBack());
    }

    private String wrong() {
        return "%s (%s): %s"
                .formatted(
                        Markdown.text(incident.key().toString()),
                        Spoken.word(incident.severity()),
                        Spoken.sentence(Markdown.text(incident.summary())));
    }

    private String noticed() {
        if (record.planned()) {
            return "It was planned work, begun at %s by %s."
                    .formatted(Spoken.moment(incident.openedAt()), Spoken.who(incident.declaredBy()));
        }
        if (incident.declaredBy() != null && incident.reopened() == 0) {
            return "It was %s by %s at %s."
                    .formatted(
                            incident.exercise() ? "played" : "declared",
                            Spoken.who(incident.declaredBy()),
                            Spoken.moment(incident.openedAt()));
        }
        return record.alertBegan()
                .map(began -> "Its alert began at %s and was received %s later."
                        .formatted(Spoken.moment(began), Spoken.length(began, record.received())))
                .orElseGet(() -> "It was noticed at %s; since when it was so is not known."
                        .formatted(Spoken.moment(record.received())));
    }

    private String cameBack() {
        return incident.reopened() == 0
                ? ""
                : "It had been closed before and was reopened (%s); what follows is timed from the last time, %s."
                        .formatted(Spoken.count(incident.reopened(), "time"), Spoken.moment(record.received()));
    }

    private String about() {
        return incident.foundTarget()
                .map(target -> "It is about " + Markdown.text(target.toString()) + ".")
                .orElse(record.planned() ? "" : "What it is about was not found in the cluster.");
    }

    private String heldBack() {
        return incident.heldUntil() == null
                ? ""
                : "It was kept from people until %s%s."
                        .formatted(
                                Spoken.moment(incident.heldUntil()),
                                incident.parent() == null
                                        ? ", by maintenance"
                                        : ", because it waited on " + incident.parent());
    }
}
