package org.incidentorchestrator.step.guard;

import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** While somebody has stopped everything, nothing is changed. */
@Component
@Order(20)
final class GlobalStop implements StepGuard {
    private final JdbcClient jdbc;

    GlobalStop(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        return jdbc.sql("select by_whom, reason, at from global_stop where id = 1")
                .query((row, ignored) -> Verdict.refused(
                        "globalStop",
                        "%s stopped every change at %s: %s"
                                .formatted(
                                        row.getString("by_whom"),
                                        Incidents.instant(row, "at"),
                                        row.getString("reason")),
                        "Ask them; an admin lifts the stop."))
                .optional()
                .orElse(Verdict.ALLOWED);
    }
}
