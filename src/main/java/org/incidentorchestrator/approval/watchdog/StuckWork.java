package org.incidentorchestrator.approval.watchdog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All that does not go on by itself: what the watchdog found in its last round, and in one query the jobs that have given up,
 * the messages that only a person can help, the changes without a result, and what none of a contact's addresses took.
 */
@Component
public class StuckWork {
    private static final int MOST = 100;
    /** A change is being sent for so long at most, its retries aside. */
    private static final Duration UNSETTLED_AFTER = Duration.ofMinutes(1);

    private static final String SQL =
            """
            select 'JOB' as kind, e.business_key_ as subject, coalesce(d.act_id_, j.handler_type_) as what, j.exception_msg_ as why,
                cast(coalesce(j.duedate_, j.create_time_) as timestamp with time zone) as since
            from act_ru_job j left join act_ru_execution e on e.id_ = j.process_instance_id_
                left join act_ru_jobdef d on d.id_ = j.job_def_id_
            where j.retries_ = 0
            union all
            select 'PARKED', cast(null as varchar), concat('inbox/', id), outcome, received_at from inbox
            where state = 'PARKED'
            union all
            select 'UNSETTLED', concat('INC-', incident), concat(step, ' ', target), kubectl, intent_at from step_ledger
            where state = 'INTENT' and intent_at <= :unsettled
            union all
            select 'UNTOLD', case when incident is null then null else concat('INC-', incident) end,
                concat(contact, ' (', channel, ')'), note, created_at
            from notification where state = 'DUE' and round > 0
            order by since limit :most""";

    private final JdbcClient jdbc;
    private final Watchdog watchdog;
    private final Clock clock;

    StuckWork(JdbcClient jdbc, Watchdog watchdog, Clock clock) {
        this.jdbc = jdbc;
        this.watchdog = watchdog;
        this.clock = clock;
    }

    /** What silences the paging first, then the oldest; a hundred at most. */
    public List<Stuck> list() {
        Round round = watchdog.last();
        Stream<Stuck> found = round.confirmed().stream().map(finding -> found(finding, round.at()));
        Stream<Stuck> rows = jdbc
                .sql(SQL)
                .param("unsettled", Incidents.utc(clock.instant().minus(UNSETTLED_AFTER)))
                .param("most", MOST)
                .query(StuckWork::row)
                .list()
                .stream();
        return Stream.concat(blind(round), Stream.concat(found, rows)).toList();
    }

    private Stream<Stuck> blind(Round round) {
        return watchdog.alive()
                ? Stream.empty()
                : Stream.of(new Stuck(
                        Optional.empty(),
                        "The watchdog sees nothing.",
                        "It has not seen what it watches for too long: see its log, the database, and a thread dump; a restart is safe.",
                        round.at()));
    }

    private static Stuck found(Finding finding, Instant at) {
        return new Stuck(
                incident(finding.about()), finding.what(), finding.kind().remedy(), at);
    }

    private static Stuck row(ResultSet row, int ignored) throws SQLException {
        Kind kind = Kind.valueOf(row.getString("kind"));
        return new Stuck(
                incident(row.getString("subject")),
                kind.what.formatted(row.getString("what")),
                Optional.ofNullable(row.getString("why"))
                                .filter(why -> !why.isBlank())
                                .map(why -> why.strip().replaceFirst("\\.?$", ". "))
                                .orElse("")
                        + kind.remedy,
                Incidents.instant(row, "since"));
    }

    /** The business key of a process that is no incident's is none. */
    private static Optional<IncidentNumber> incident(String subject) {
        return Optional.ofNullable(subject)
                .filter(key -> key.matches("INC-\\d{1,18}"))
                .map(IncidentNumber::parse);
    }

    private enum Kind {
        JOB("The step %s has given up.", "Mend the cause, then retry the job in Cockpit, or take over by hand."),
        PARKED(
                "The message %s was not understood.",
                "Look whether it is an alert, and work on that by hand; then POST /api/inbox/{id}/replay."),
        UNSETTLED(
                "What became of the change %s is not known.",
                "It is looked at every minute; if it stays, look at the object, and at its incident's timeline."),
        UNTOLD(
                "%s is not reached by any address.",
                "It is tried again. Call them, and see the log for what each channel said.");

        private final String what;
        private final String remedy;

        Kind(String what, String remedy) {
            this.what = what;
            this.remedy = remedy;
        }
    }
}
