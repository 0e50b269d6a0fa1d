package org.incidentorchestrator.step;

import jakarta.annotation.PostConstruct;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The global stop's row. Whoever is about to change something and whoever stops everything hold it one after the other:
 * what comes behind the stop is refused, and the stop is set once what came before it is on the record.
 */
@Repository
public class StopSwitch {
    private final JdbcClient jdbc;

    public StopSwitch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** At the start, so that the first change and the first stop have something to wait for each other at. */
    @PostConstruct
    void makeRow() {
        try {
            lock();
        } catch (DuplicateKeyException another) {
            // Another program that starts at this moment has made it.
        }
    }

    public Optional<Stop> now() {
        return read("");
    }

    /** Reads it and holds the row until the caller's transaction ends; makes the row where there was none yet. */
    public Optional<Stop> lock() {
        Optional<Stop> held = read(" for update");
        if (held.isEmpty()
                && jdbc.sql("select id from global_stop where id = 1")
                        .query()
                        .listOfRows()
                        .isEmpty()) {
            jdbc.sql("insert into global_stop (id) values (1)").update();
        }
        return held;
    }

    /** @return whether nothing was stopped before */
    public boolean set(Stop stop) {
        if (lock().isPresent()) {
            return false;
        }
        return jdbc.sql("update global_stop set by_whom = :by, reason = :reason, at = :at where id = 1")
                        .param("by", stop.by())
                        .param("reason", stop.reason())
                        .param("at", Incidents.utc(stop.at()))
                        .update()
                == 1;
    }

    /** @return what held until now */
    public Optional<Stop> lift() {
        Optional<Stop> held = lock();
        jdbc.sql("update global_stop set by_whom = null, reason = null, at = null where id = 1")
                .update();
        return held;
    }

    /** A row that says nothing is no stop. */
    private Optional<Stop> read(String how) {
        return jdbc
                .sql("select by_whom, reason, at from global_stop where id = 1" + how)
                .query(StopSwitch::stop)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Stop> stop(ResultSet row, int ignored) throws SQLException {
        String by = row.getString("by_whom");
        return by == null
                ? Optional.empty()
                : Optional.of(new Stop(by, row.getString("reason"), Incidents.instant(row, "at")));
    }
}
