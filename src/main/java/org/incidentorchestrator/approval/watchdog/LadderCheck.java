package org.incidentorchestrator.approval.watchdog;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.Ladder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether each incident that pages and that nobody has is still going to page the next level: it has a timer, or
 * another job of its ladder that leads on. An exercise pages nobody, and nobody is called for its ladder. One that is locked is being worked; how late it is is another check's.
 */
@Component
class LadderCheck implements Check {
    private static final int MOST = 200;

    private final JdbcClient jdbc;

    LadderCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Finding> findings(Instant now) {
        return silent(now).stream()
                .map(number -> new Finding(
                        Kind.LADDER,
                        number.toString(),
                        number + " is open, nobody has it, and nothing would page the next level."))
                .toList();
    }

    private List<IncidentNumber> silent(Instant now) {
        return jdbc.sql(
                        """
                        select i.number from incident i
                        where i.open_key > '' and not i.exercise and i.acknowledged_at is null and i.severity <> 'INFO'
                            and (i.ending is null or i.ending = 'PAGER_RESOLVED')
                            and (i.held_until is null or i.held_until <= :now)
                            and not exists (
                                select 1 from act_ru_execution p join act_ru_job j on j.process_instance_id_ = p.id_
                                where p.business_key_ = concat('INC-', i.number)
                                    and j.process_def_key_ = 'page-responders' and j.suspension_state_ = 1
                                    and j.retries_ > 0 and (j.duedate_ is null or j.duedate_ < :never))
                        order by i.number limit :most""")
                .param("now", Incidents.utc(now))
                .param("never", Timestamp.from(Ladder.NEVER))
                .param("most", MOST)
                .query((row, i) -> new IncidentNumber(row.getLong("number")))
                .list();
    }
}
