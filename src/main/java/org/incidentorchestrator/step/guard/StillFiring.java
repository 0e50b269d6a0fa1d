package org.incidentorchestrator.step.guard;

import java.util.Optional;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Nothing is changed for an incident that has ended or whose run was aborted: the trouble is gone, or somebody else has
 * it. What was changed for it may still be taken back.
 */
@Component
@Order(10)
final class StillFiring implements StepGuard {
    private final StepCatalogue catalogue;

    StillFiring(StepCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        return context.incident()
                .filter(incident -> !incident.firing() || incident.aborted())
                .filter(incident -> !catalogue.givingBack().contains(call.step()))
                .<Verdict>map(incident -> incident.firing() ? aborted(incident) : ended(incident))
                .orElse(Verdict.ALLOWED);
    }

    private static Verdict aborted(Incident incident) {
        return new Verdict.Refused(
                RefusalCode.ALERT_RESOLVED,
                "runAborted",
                incident.number() + ": " + incident.abort().inWords() + ". Nothing more is changed for it.",
                "Go on by hand, or declare a new incident once this one is closed.");
    }

    private static Verdict ended(Incident incident) {
        String who = Optional.ofNullable(incident.ending())
                .map(ending -> " by " + ending.by() + " at " + ending.at())
                .orElse("");
        return new Verdict.Refused(
                RefusalCode.ALERT_RESOLVED,
                "alertResolved",
                incident.number() + " was ended" + who + ": nothing more is changed for it.",
                "If the trouble is still there, wait for the alert to fire again, or act by hand.");
    }
}
