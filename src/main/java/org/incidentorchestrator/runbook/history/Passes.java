package org.incidentorchestrator.runbook.history;

import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricIncident;
import org.camunda.bpm.engine.runtime.Incident;
import org.incidentorchestrator.runbook.AsProgram;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an instance passed, in order: two queries, however much that is. */
@Component
class Passes {
    private static final String AROUND = "#multiInstanceBody";

    private final ProcessEngine engine;
    private final JdbcClient jdbc;

    Passes(ProcessEngine engine, JdbcClient jdbc) {
        this.engine = engine;
        this.jdbc = jdbc;
    }

    List<Pass> of(RunInstance instance) {
        return AsProgram.in(engine, () -> {
            List<Pass> begun = begun(instance);
            Stream<Pass> beforeTheirJob =
                    switch (instance.state()) {
                        case RUNNING -> standing(instance);
                        case CANCELLED -> failed(instance, begun);
                        case COMPLETED -> Stream.empty();
                    };
            return Stream.concat(begun.stream(), beforeTheirJob)
                    .sorted(Comparator.comparing(Pass::startedAt))
                    .toList();
        });
    }

    private List<Pass> begun(RunInstance instance) {
        return engine
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance.id())
                .orderByHistoricActivityInstanceStartTime()
                .asc()
                .orderPartiallyByOccurrence()
                .asc()
                .list()
                .stream()
                .map(Passes::pass)
                .toList();
    }

    private static Pass pass(HistoricActivityInstance begun) {
        Pass.State ended = begun.isCanceled() ? Pass.State.CANCELLED : Pass.State.COMPLETED;
        return new Pass(
                begun.getId(),
                begun.getParentActivityInstanceId(),
                begun.getActivityId().replace(AROUND, ""),
                begun.getActivityId().endsWith(AROUND),
                begun.getEndTime() == null ? Pass.State.RUNNING : ended,
                begun.getStartTime().toInstant(),
                instant(begun.getEndTime()),
                begun.getAssignee(),
                begun.getCalledProcessInstanceId(),
                null);
    }

    /** The engine writes an activity instance when its job is done: until then there is the job. */
    private Stream<Pass> standing(RunInstance instance) {
        return jdbc
                .sql(
                        """
                        select d.act_id_, j.create_time_, j.retries_ from act_ru_job j
                        join act_ru_jobdef d on d.id_ = j.job_def_id_
                        where j.process_instance_id_ = :instance and d.job_configuration_ = 'async-before'""")
                .param("instance", instance.id())
                .query((row, i) -> unbegun(
                        row.getString("act_id_"),
                        row.getInt("retries_") == 0 ? Pass.State.FAILED : Pass.State.RUNNING,
                        row.getTimestamp("create_time_"),
                        null))
                .list()
                .stream();
    }

    /** What had failed when its instance was deleted: what failed before was begun later. */
    private Stream<Pass> failed(RunInstance instance, List<Pass> begun) {
        return engine
                .getHistoryService()
                .createHistoricIncidentQuery()
                .processInstanceId(instance.id())
                .incidentType(Incident.FAILED_JOB_HANDLER_TYPE)
                .list()
                .stream()
                .map(Passes::failed)
                .filter(failure -> begun.stream()
                        .noneMatch(pass -> pass.element().equals(failure.element())
                                && !pass.startedAt().isBefore(failure.startedAt())));
    }

    private static Pass failed(HistoricIncident failure) {
        return unbegun(failure.getActivityId(), Pass.State.FAILED, failure.getCreateTime(), failure.getEndTime());
    }

    private static Pass unbegun(String element, Pass.State state, Date since, Date until) {
        return new Pass(
                null,
                null,
                element.replace(AROUND, ""),
                false,
                state,
                since.toInstant(),
                instant(until),
                null,
                null,
                null);
    }

    private static Instant instant(Date at) {
        return at == null ? null : at.toInstant();
    }
}
