package org.incidentorchestrator.approval.watchdog;

import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.approval.PersonTasks;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether each job that has given up is known to a person. Its task is made in the transaction in which it gives up;
 * somebody may have deleted it since, or have set the job's retries to none past the engine.
 */
@Component
class FailedJobCheck implements Check {
    private static final int MOST = 50;

    private final JdbcClient jdbc;
    private final PersonTasks people;

    FailedJobCheck(JdbcClient jdbc, PersonTasks people) {
        this.jdbc = jdbc;
        this.people = people;
    }

    @Override
    public List<Finding> findings(Instant now) {
        return jdbc
                .sql("select id_ from act_ru_job where retries_ = 0 order by id_ limit :most")
                .param("most", MOST)
                .query(String.class)
                .list()
                .stream()
                .map(job -> "job/" + job)
                .filter(subject -> !people.knowOf(subject))
                .map(subject ->
                        new Finding(Kind.JOBS, subject, "A step has given up, and nobody was told (" + subject + ")."))
                .toList();
    }
}
