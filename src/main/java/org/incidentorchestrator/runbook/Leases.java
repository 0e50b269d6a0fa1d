package org.incidentorchestrator.runbook;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was done for the time being and is not taken back yet: the running instances of end-lease, in one query. */
@Repository
public class Leases {
    private static final int MOST = 200;

    private final JdbcClient jdbc;

    Leases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param step the verb that changed it
     * @param target id of what was changed
     * @param endsAt empty while it has not been looked at
     * @param who has the incident; empty for nobody
     */
    public record Lease(
            IncidentNumber incident, String step, String target, Optional<Instant> endsAt, Optional<String> who) {}

    /** The first to end first. */
    public List<Lease> list() {
        return jdbc.sql(
                        """
                        select e.business_key_ as incident, i.acknowledged_by as who,
                            max(case when v.name_ = 'step' then v.text_ end) as step,
                            max(case when v.name_ = 'changed' then v.text_ end) as target,
                            max(case when v.name_ = 'leaseUntil' then v.text_ end) as ends_at
                        from act_re_procdef p join act_ru_execution e on e.proc_def_id_ = p.id_ and e.id_ = e.proc_inst_id_
                            join act_ru_variable v on v.execution_id_ = e.id_
                            join incident i on concat('INC-', i.number) = e.business_key_
                        where p.key_ = 'end-lease' and v.name_ in ('step', 'changed', 'leaseUntil')
                            and i.open_key > ''
                        group by e.id_, e.business_key_, i.acknowledged_by
                        order by ends_at nulls last limit :most""")
                .param("most", MOST)
                .query((row, i) -> new Lease(
                        IncidentNumber.parse(row.getString("incident")),
                        row.getString("step"),
                        row.getString("target"),
                        time(row.getString("ends_at")),
                        Optional.ofNullable(row.getString("who"))))
                .list();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
