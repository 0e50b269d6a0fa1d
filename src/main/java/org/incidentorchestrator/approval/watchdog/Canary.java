package org.incidentorchestrator.approval.watchdog;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandler;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandlerConfiguration;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A timer of the watchdog's own, as urgent as the ladder's: its lateness is theirs. There is one in the database at any
 * time; whichever program fires it measures, and while none does it is overdue.
 */
@Component
class Canary extends AbstractProcessEnginePlugin implements JobHandler<Canary.Nothing> {
    static final String TYPE = "watchdog-canary";

    private static final long PRIORITY_OF_THE_LADDER = 100;
    private static final Duration[] BUCKETS =
            Stream.of(1, 2, 5, 10, 30, 60).map(Duration::ofSeconds).toArray(Duration[]::new);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Timer meter;
    private volatile Optional<Duration> lateness = Optional.empty();
    private ProcessEngineConfigurationImpl engine;

    Canary(JdbcClient jdbc, Clock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.meter = Timer.builder("incident.orchestrator.watchdog.canary.lateness")
                .description("How late a timer fires that is there to be measured")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    /** A timer says nothing but when it was due. */
    record Nothing() implements JobHandlerConfiguration {
        @Override
        public String toCanonicalString() {
            return null;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // The engine's list is.
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        engine = configuration;
        List<JobHandler> known =
                Optional.ofNullable(configuration.getCustomJobHandlers()).orElseGet(ArrayList::new);
        known.add(this);
        configuration.setCustomJobHandlers(known);
    }

    /** Some thousand a day: the history would keep nothing else. */
    @Override
    public void postInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setHistoryLevel(new WithoutCanary(configuration.getHistoryLevel()));
    }

    /** Has one fire after this time, unless one is there. */
    void release(Duration after) {
        long there = jdbc.sql("select count(*) from act_ru_job where handler_type_ = :type")
                .param("type", TYPE)
                .query(Long.class)
                .single();
        if (there == 0) {
            engine.getCommandExecutorTxRequired().execute(context -> {
                context.getJobManager().schedule(timer(clock.instant().plus(after)));
                return null;
            });
        }
    }

    private static TimerEntity timer(Instant due) {
        TimerEntity timer = new TimerEntity();
        timer.setJobHandlerType(TYPE);
        timer.setJobHandlerConfiguration(new Nothing());
        timer.setDuedate(Date.from(due));
        timer.setPriority(PRIORITY_OF_THE_LADDER);
        return timer;
    }

    /** Of the last one that this program has fired. */
    Optional<Duration> lateness() {
        return lateness;
    }

    @Override
    public void execute(Nothing nothing, ExecutionEntity execution, CommandContext context, String tenant) {
        Duration late = Duration.between(context.getCurrentJob().getDuedate().toInstant(), clock.instant());
        lateness = Optional.of(late.isNegative() ? Duration.ZERO : late);
        meter.record(lateness.get());
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public Nothing newConfiguration(String canonical) {
        return new Nothing();
    }

    @Override
    public void onDelete(Nothing nothing, JobEntity job) {
        // Nothing hangs on it.
    }
}
