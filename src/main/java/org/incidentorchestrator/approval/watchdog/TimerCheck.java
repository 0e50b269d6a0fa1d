package org.incidentorchestrator.approval.watchdog;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether timers fire in time: those that are due and that nobody works on, and the watchdog's own, which tells of the
 * quiet hours too, in which no other is due. A timer whose job is locked is being worked, for a minute.
 */
@Component
class TimerCheck implements Check {
    private static final Duration WORKED_FOR = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Canary canary;
    private final WatchdogSettings settings;

    TimerCheck(JdbcClient jdbc, Canary canary, WatchdogSettings settings) {
        this.jdbc = jdbc;
        this.canary = canary;
        this.settings = settings;
    }

    private record Overdue(long timers, Optional<Instant> oldest) {}

    @Override
    public List<Finding> findings(Instant now) {
        Overdue overdue = overdue(now);
        if (overdue.timers() > 0) {
            return List.of(new Finding(
                    Kind.TIMERS,
                    "",
                    "Timers do not fire: %d of them were due more than %d s ago, the oldest at %s."
                            .formatted(
                                    overdue.timers(),
                                    settings.timersWithin().toSeconds(),
                                    overdue.oldest().map(Instant::toString).orElse("?"))));
        }
        return canary.lateness()
                .filter(late -> late.compareTo(settings.timersWithin()) > 0)
                .map(late -> new Finding(
                        Kind.TIMERS,
                        "",
                        "Timers fire late: the last that was measured by %d s.".formatted(late.toSeconds())))
                .map(List::of)
                .orElse(List.of());
    }

    private Overdue overdue(Instant now) {
        return jdbc.sql(
                        """
                        select count(*) as timers, min(duedate_) as oldest from act_ru_job
                        where type_ = 'timer' and suspension_state_ = 1 and retries_ > 0 and duedate_ <= :late
                            and (lock_exp_time_ is null or lock_exp_time_ <= :now or duedate_ <= :stuck)""")
                .param("late", Timestamp.from(now.minus(settings.timersWithin())))
                .param("now", Timestamp.from(now))
                .param(
                        "stuck",
                        Timestamp.from(now.minus(settings.timersWithin()).minus(WORKED_FOR)))
                .query((row, i) -> new Overdue(
                        row.getLong("timers"),
                        Optional.ofNullable(row.getTimestamp("oldest")).map(Timestamp::toInstant)))
                .single();
    }
}
