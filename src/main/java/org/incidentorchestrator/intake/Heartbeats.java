package org.incidentorchestrator.intake;

import static org.incidentorchestrator.incident.Incidents.instant;
import static org.incidentorchestrator.incident.Incidents.utc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When an alert that always fires was seen last: its silence says that alerts do not arrive any more. */
@Repository
class Heartbeats {
    private final JdbcClient jdbc;

    Heartbeats(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param expectedSince when it was first seen, or first expected
     * @param toldAt when people were told that it is silent; none while it is not
     */
    record Heartbeat(
            String source, String name, Instant expectedSince, Optional<Instant> lastSeenAt, Optional<Instant> toldAt) {
        Instant heardOrExpected() {
            return lastSeenAt.orElse(expectedSince);
        }
    }

    List<Heartbeat> all() {
        return jdbc.sql("select * from heartbeat order by source, name")
                .query((row, i) -> new Heartbeat(
                        row.getString("source"),
                        row.getString("name"),
                        instant(row, "expected_since"),
                        Optional.ofNullable(instant(row, "last_seen_at")),
                        Optional.ofNullable(instant(row, "told_at"))))
                .list();
    }

    /** A message that was tried again may be older than what was heard since. */
    void seen(Alert alert, Instant at) {
        String name = alert.key().alertName();
        if (hear(alert.source(), name, at) == 0) {
            expect(alert.source(), name, at);
            hear(alert.source(), name, at);
        }
    }

    private int hear(String source, String name, Instant at) {
        return jdbc.sql(
                        """
                        update heartbeat set last_seen_at = :at
                        where source = :source and name = :name and (last_seen_at is null or last_seen_at < :at)""")
                .param("at", utc(at))
                .param("source", source)
                .param("name", name)
                .update();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another program does so at the same time: it is there */
    void expect(String source, String name, Instant since) {
        jdbc.sql(
                        """
                        insert into heartbeat (source, name, expected_since)
                        select cast(:source as varchar(64)), cast(:name as varchar(255)),
                            cast(:since as timestamp with time zone)
                        where not exists (select 1 from heartbeat where source = :source and name = :name)""")
                .param("since", utc(since))
                .param("source", source)
                .param("name", name)
                .update();
    }

    /** @return whether it was for us to tell: of two programs one does */
    boolean told(Heartbeat silent, Instant now) {
        return jdbc.sql(
                                """
                        update heartbeat set told_at = :now where source = :source and name = :name and told_at is null
                            and (last_seen_at = :seen or last_seen_at is null and :never)""")
                        .param("now", utc(now))
                        .param("source", silent.source())
                        .param("name", silent.name())
                        .param("seen", utc(silent.heardOrExpected()))
                        .param("never", silent.lastSeenAt().isEmpty())
                        .update()
                == 1;
    }

    /** @return whether people had been told, and nobody has taken it back yet */
    boolean takenBack(Heartbeat heard) {
        return jdbc.sql("update heartbeat set told_at = null where source = :source and name = :name"
                                + " and told_at is not null")
                        .param("source", heard.source())
                        .param("name", heard.name())
                        .update()
                == 1;
    }
}
