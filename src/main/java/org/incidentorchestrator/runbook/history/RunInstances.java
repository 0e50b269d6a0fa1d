package org.incidentorchestrator.runbook.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.Runbooks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The engine's rows of an incident's process instances. Its API needs a query per instance for what is one join. */
@Repository
class RunInstances {
    /** With the incident's own row, which is there also when none of its processes is. */
    private static final String ROWS =
            """
            select i.closed_at, i.reopened, p.id_, p.super_process_instance_id_, c.act_id_ as called_by, p.proc_def_id_,
                p.proc_def_key_, d.name_, d.version_, d.version_tag_, p.state_, p.start_time_, p.end_time_
            from incident i
            left join act_hi_procinst p on p.business_key_ = :incident
            left join act_re_procdef d on d.id_ = p.proc_def_id_
            left join act_hi_actinst c on c.proc_inst_id_ = p.super_process_instance_id_ and c.call_proc_inst_id_ = p.id_
            where i.number = :number""";

    private final JdbcClient jdbc;
    private final Runbooks runbooks;

    RunInstances(JdbcClient jdbc, Runbooks runbooks) {
        this.jdbc = jdbc;
        this.runbooks = runbooks;
    }

    /** Empty when there is no such incident. */
    Optional<Ran> of(IncidentNumber incident) {
        return asked(ROWS, incident).query(this::ran);
    }

    /** Empty when the incident has no such instance. */
    Optional<RunInstance> find(IncidentNumber incident, String id) {
        return asked(ROWS + " and p.id_ = :id", incident)
                .param("id", id)
                .query(this::read)
                .optional();
    }

    private JdbcClient.StatementSpec asked(String statement, IncidentNumber incident) {
        return jdbc.sql(statement).param("incident", incident.toString()).param("number", incident.value());
    }

    private Optional<Ran> ran(ResultSet rows) throws SQLException {
        List<RunInstance> found = new ArrayList<>();
        Optional<Ran> ran = Optional.empty();
        while (rows.next()) {
            if (rows.getString("id_") != null) {
                found.add(read(rows, rows.getRow()));
            }
            ran = Optional.of(new Ran(found, rows.getObject("closed_at") == null, rows.getInt("reopened")));
        }
        return ran.map(Ran::inOrder);
    }

    private RunInstance read(ResultSet row, int ignored) throws SQLException {
        String key = row.getString("proc_def_key_");
        String name = row.getString("name_");
        return new RunInstance(
                row.getString("id_"),
                row.getString("super_process_instance_id_"),
                row.getString("called_by"),
                row.getString("proc_def_id_"),
                key,
                name == null ? key : name,
                row.getObject("version_", Integer.class),
                row.getString("version_tag_"),
                runbooks.kind(key),
                RunInstance.State.of(row.getString("state_")),
                instant(row, "start_time_"),
                instant(row, "end_time_"));
    }

    /** The engine's columns have no zone: its times are those of this machine, as it wrote them. */
    static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
