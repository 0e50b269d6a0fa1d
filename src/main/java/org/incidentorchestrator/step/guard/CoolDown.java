package org.incidentorchestrator.step.guard;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The same action on the same target is not repeated before it could show what it did. Pods are targets of their own.
 */
@Component
@Order(50)
final class CoolDown implements StepGuard {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final GuardSettings settings;
    private final JdbcClient jdbc;
    private final Clock clock;

    CoolDown(GuardSettings settings, JdbcClient jdbc, Clock clock) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        return lastDone(effect.target(), call.step())
                .map(at -> at.plus(settings.coolDown()))
                .filter(until -> clock.instant().isBefore(until))
                .map(until -> Verdict.refused(
                        "coolingDown",
                        "The same was done to %s a moment ago.".formatted(effect.target()),
                        "Wait until %s, or look for another remedy.".formatted(CLOCK.format(until))))
                .orElse(Verdict.ALLOWED);
    }

    private Optional<Instant> lastDone(Target target, String step) {
        return jdbc.sql(
                        """
                        select result_at from step_ledger
                        where target = :target and step = :step and result_at is not null
                            and state in ('APPLIED', 'APPLIED_RECOVERED')
                        order by result_at desc limit 1""")
                .param("target", target.id())
                .param("step", step)
                .query((row, ignored) -> Incidents.instant(row, "result_at"))
                .optional();
    }
}
