package org.incidentorchestrator.runbook;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.Glance;
import org.incidentorchestrator.incident.Glances;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Timers that should have fired, and jobs that have given up. The engine's own metrics know neither. */
@Component
class EngineMetrics implements MeterBinder {
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Glance<Jobs> jobs;

    EngineMetrics(JdbcClient jdbc, Clock clock, Glances glances) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.jobs = glances.of(this::read);
    }

    private record Jobs(long overdue, Optional<Instant> oldest, long failed) {}

    /** One walk over the jobs that are due or dead: the same table that the engine's acquisition walks all the time. */
    private Jobs read() {
        return jdbc.sql(
                        """
                        select count(case when retries_ > 0 then 1 end) as overdue,
                            min(case when retries_ > 0 then duedate_ end) as oldest,
                            count(case when retries_ = 0 then 1 end) as failed
                        from act_ru_job where suspension_state_ = 1
                            and (retries_ = 0 or (type_ = 'timer' and duedate_ <= :now))""")
                .param("now", Timestamp.from(clock.instant()))
                .query((row, i) -> new Jobs(
                        row.getLong("overdue"),
                        Optional.ofNullable(row.getTimestamp("oldest")).map(Timestamp::toInstant),
                        row.getLong("failed")))
                .single();
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        jobs.gauge(
                meters,
                "incident.orchestrator.timers.overdue",
                "Timers that are due and have not fired",
                Jobs::overdue);
        jobs.age(
                meters,
                "incident.orchestrator.timers.overdue.age",
                "Since when the oldest of them is due",
                Jobs::oldest);
        jobs.gauge(
                meters,
                "incident.orchestrator.jobs.failed",
                "Jobs that are not tried again before a person says so",
                Jobs::failed);
    }
}
