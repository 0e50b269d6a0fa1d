package org.incidentorchestrator.runbook;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Names that one session of a PostgreSQL database holds at a time, as its advisory locks of session level: they need no
 * transaction that stays open (which would keep the database from cleaning up), no clock and no expiry. The server frees
 * them at the moment the session ends, a kill included.
 */
final class SessionLock {
    /** Keeps our names apart from other users of advisory locks in the same database; any constant will do. */
    private static final int OURS = 0x1D1C0;

    private static final String TIMED_OUT = "55P03";

    private final JdbcClient session;
    private final String name;

    /** @param session has to be one connection, and always the same */
    SessionLock(JdbcClient session, String name) {
        this.session = session;
        this.name = name;
    }

    /** Waits for it at most so many seconds. @return whether it is held now */
    boolean take(int seconds) {
        patience(seconds);
        try {
            session.sql("select 1 from (select pg_advisory_lock(:ours, hashtext(:name))) held")
                    .param("ours", OURS)
                    .param("name", name)
                    .query(Integer.class)
                    .single();
            return true;
        } catch (DataAccessException e) {
            if (e.getRootCause() instanceof SQLException cause && TIMED_OUT.equals(cause.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            patience(0);
        }
    }

    /** @param seconds 0 for no end */
    private void patience(int seconds) {
        session.sql("select set_config('lock_timeout', :most, false)")
                .param("most", seconds + "s")
                .query(String.class)
                .single();
    }

    void free() {
        session.sql("select pg_advisory_unlock(:ours, hashtext(:name))")
                .param("ours", OURS)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /** Where the session that holds it comes from, for a person. */
    String holder() {
        return session.sql(
                        """
                        select a.application_name || ' from ' || coalesce(host(a.client_addr), 'this machine')
                            || ', since ' || to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                        from pg_locks l join pg_stat_activity a on a.pid = l.pid
                        where l.locktype = 'advisory' and l.granted and l.classid = :ours::oid
                            and l.objid = (hashtext(:name)::bigint & 4294967295)::oid
                            and l.database = (select oid from pg_database where datname = current_database())""")
                .param("ours", OURS)
                .param("name", name)
                .query(String.class)
                .optional()
                .orElse("which has ended by now");
    }

    /** Holds it for the caller's transaction only, if nobody has it. To be called in a transaction. */
    boolean isFree() {
        return session.sql("select pg_try_advisory_xact_lock(:ours, hashtext(:name))")
                .param("ours", OURS)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }
}
