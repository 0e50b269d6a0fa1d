package org.incidentorchestrator.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The maintenance windows' rows, and what they keep from people. Each method joins the caller's transaction. */
@Repository
public class MaintenanceWindows {
    private final JdbcClient jdbc;
    private final MaintenanceSettings settings;

    public MaintenanceWindows(JdbcClient jdbc, MaintenanceSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    public MaintenanceWindow add(MaintenanceWindow window) {
        var keys = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into maintenance_window (namespace, workload, from_at, until_at, by_whom, reason)
                        values (:namespace, :workload, :from, :until, :by, :reason)""")
                .param("namespace", window.namespace())
                .param("workload", window.workload())
                .param("from", Incidents.utc(window.from()))
                .param("until", Incidents.utc(window.until()))
                .param("by", window.by())
                .param("reason", window.reason())
                .update(keys, "id");
        return find(keys.getKey().longValue()).orElseThrow();
    }

    public Optional<MaintenanceWindow> find(long id) {
        return jdbc.sql("select * from maintenance_window where id = :id")
                .param("id", id)
                .query(MaintenanceWindows::read)
                .optional();
    }

    /** Those that hold now or will, the first to end first. */
    public List<MaintenanceWindow> notOver(Instant now) {
        return jdbc.sql(
                        """
                        select * from maintenance_window where until_at > :now and ended_at is null
                        order by until_at, id""")
                .param("now", Incidents.utc(now))
                .query(MaintenanceWindows::read)
                .list();
    }

    /**
     * Those in these namespaces that hold now, with their rows until the caller's transaction ends: whoever ends one
     * early waits for what is being opened in it, and so wakes it.
     */
    public List<MaintenanceWindow> lockHolding(Collection<String> namespaces, Instant now) {
        return jdbc.sql(
                        """
                        select * from maintenance_window where until_at > :now and from_at <= :now and ended_at is null
                            and namespace in (:namespaces) order by id for update""")
                .param("now", Incidents.utc(now))
                .param("namespaces", namespaces)
                .query(MaintenanceWindows::read)
                .list();
    }

    /** Those that hold now and keep an alert of this key from people; none for one that is never kept. */
    public List<MaintenanceWindow> holding(IncidentKey key, Instant now) {
        return settings.neverHeld().contains(key.alertName())
                ? List.of()
                : notOver(now).stream()
                        .filter(window -> window.holdsAt(now) && window.covers(key))
                        .toList();
    }

    /** @return whether it was not over yet, and nobody had ended it */
    public boolean end(long id, Instant now) {
        return jdbc.sql(
                                """
                        update maintenance_window set ended_at = :now
                        where id = :id and ended_at is null and until_at > :now""")
                        .param("id", id)
                        .param("now", Incidents.utc(now))
                        .update()
                == 1;
    }

    /** Until when the incident is kept from people, as these windows say; none when it is not. */
    public Optional<Instant> heldUntil(Incident incident, List<MaintenanceWindow> windows, Instant now) {
        boolean never = !incident.endsWithItsAlerts()
                || settings.neverHeld().contains(incident.key().alertName());
        return never
                ? Optional.empty()
                : windows.stream()
                        .filter(window -> window.holdsAt(now) && window.covers(incident.key()))
                        .map(MaintenanceWindow::until)
                        .max(Comparator.naturalOrder());
    }

    private static MaintenanceWindow read(ResultSet row, int ignored) throws SQLException {
        return new MaintenanceWindow(
                row.getLong("id"),
                row.getString("namespace"),
                row.getString("workload"),
                Incidents.instant(row, "from_at"),
                Incidents.instant(row, "until_at"),
                row.getString("by_whom"),
                row.getString("reason"),
                Incidents.instant(row, "ended_at"));
    }
}
