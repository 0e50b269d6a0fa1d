package org.incidentorchestrator.runbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.RunbookProgress.OpenTask;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The engine's rows of what waits, for people, the clock or a thread, in all processes of incidents. Its API asks for one
 * kind of one process at a time; this is one statement.
 */
final class ProgressRows {
    /** A task has a row for each group that may take it, or one without. */
    private static final String ROWS =
            """
            select e.business_key_, t.id_ as task, t.name_, t.assignee_, l.group_id_, t.create_time_ as at,
                null as job, null as proc_def_id_, null as act_id_, null as job_type_, null as retries_, null as failure
            from act_ru_execution e join act_ru_task t on t.proc_inst_id_ = e.id_
                left join act_ru_identitylink l
                    on l.task_id_ = t.id_ and l.type_ = 'candidate' and l.group_id_ is not null
            where e.business_key_ in (:keys)
            union all
            select e.business_key_, null, null, null, null, j.duedate_,
                j.id_, j.process_def_id_, d.act_id_, d.job_type_, j.retries_, j.exception_msg_
            from act_ru_execution e join act_ru_job j on j.process_instance_id_ = e.id_
                join act_ru_jobdef d on d.id_ = j.job_def_id_
            where e.business_key_ in (:keys)
            order by at, task, group_id_, job""";

    private final JdbcClient jdbc;

    ProgressRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param failure of its last try; null where there was none that failed */
    record Job(String definition, String element, boolean timer, Optional<Instant> due, int retries, String failure) {
        private static Job read(ResultSet row) throws SQLException {
            return new Job(
                    row.getString("proc_def_id_"),
                    row.getString("act_id_"),
                    row.getString("job_type_").startsWith("timer"),
                    Optional.ofNullable(row.getTimestamp("at")).map(Timestamp::toInstant),
                    row.getInt("retries_"),
                    row.getString("failure"));
        }
    }

    /** Both the oldest first. */
    record Standing(Map<String, OpenTask> byId, List<Job> jobs) {
        static Standing empty() {
            return new Standing(new LinkedHashMap<>(), new ArrayList<>());
        }

        List<OpenTask> tasks() {
            return List.copyOf(byId.values());
        }
    }

    /** By business key; what has nothing that waits is not named. */
    Map<String, Standing> of(Collection<IncidentNumber> incidents) {
        return jdbc.sql(ROWS)
                .param("keys", incidents.stream().map(IncidentNumber::toString).toList())
                .query(ProgressRows::read);
    }

    private static Map<String, Standing> read(ResultSet rows) throws SQLException {
        Map<String, Standing> standing = new HashMap<>();
        while (rows.next()) {
            Standing its = standing.computeIfAbsent(rows.getString("business_key_"), first -> Standing.empty());
            if (rows.getString("job") == null) {
                its.byId().merge(rows.getString("task"), task(rows), ProgressRows::plus);
            } else {
                its.jobs().add(Job.read(rows));
            }
        }
        return standing;
    }

    private static OpenTask task(ResultSet row) throws SQLException {
        String group = row.getString("group_id_");
        return new OpenTask(
                row.getString("task"),
                row.getString("name_"),
                row.getString("assignee_"),
                group == null ? List.of() : List.of(group),
                row.getTimestamp("at").toInstant());
    }

    private static OpenTask plus(OpenTask one, OpenTask other) {
        return new OpenTask(
                one.id(),
                one.name(),
                one.assignee(),
                Stream.concat(one.groups().stream(), other.groups().stream()).toList(),
                one.since());
    }
}
