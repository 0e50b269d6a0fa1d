package org.incidentorchestrator.approval.paging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.incidentorchestrator.runbook.Ladder;
import org.springframework.stereotype.Component;

/** How late the ladder's timers fire: from when a level is due until its page is written. */
@Component
class EscalationLateness {
    private static final Duration[] BUCKETS =
            List.of(1, 2, 5, 10, 30, 60, 300).stream().map(Duration::ofSeconds).toArray(Duration[]::new);

    private final Clock clock;
    private final Map<Integer, Timer> levels;

    EscalationLateness(MeterRegistry meters, Clock clock) {
        this.clock = clock;
        this.levels = IntStream.rangeClosed(1, Ladder.EVERYBODY)
                .boxed()
                .collect(Collectors.toMap(
                        Function.identity(), level -> Timer.builder("incident.orchestrator.escalation.lateness")
                                .description("How long after it was due a level was paged")
                                .serviceLevelObjectives(BUCKETS)
                                .tag("level", Integer.toString(level))
                                .register(meters)));
    }

    /** When the timer that runs now was due; none outside of one. */
    Optional<Instant> due() {
        JobEntity job = Context.getCommandContext() == null
                ? null
                : Context.getCommandContext().getCurrentJob();
        return Optional.ofNullable(job).map(JobEntity::getDuedate).map(java.util.Date::toInstant);
    }

    void measure(int level, Instant due) {
        Duration late = Duration.between(due, clock.instant());
        levels.get(level).record(late.isNegative() ? Duration.ZERO : late);
    }
}
