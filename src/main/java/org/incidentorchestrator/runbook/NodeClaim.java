package org.incidentorchestrator.runbook;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * This node among those that share a PostgreSQL database: its name is held in a session of its own from before the engine
 * is built until the program ends, and programs start one after the other (the engine makes its tables, and accounts are
 * made, without asking whether somebody else is at it). H2 opens its file for one program only, so nothing is to be done.
 */
@Component
class NodeClaim implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(NodeClaim.class);

    /** Seconds. A killed program's session ends at once; one that is still answering a query ends after it. */
    private static final int NAME_PATIENCE = 10;
    /** Seconds. Longer than a start takes, shorter than the driver waits for an answer. */
    private static final int TURN_PATIENCE = 90;

    private static final int ALIVE_WITHIN = 2;

    private final DataSource database;
    private final NodeSettings node;
    private Connection session;
    private boolean held;
    private boolean told;

    NodeClaim(DataSource database, NodeSettings node) {
        this.database = database;
        this.node = node;
    }

    /** Whether this node holds its name, so that it can tell others that do from those that have died. */
    synchronized boolean holds() {
        return held;
    }

    private boolean shared() {
        try {
            return "PostgreSQL"
                    .equals(JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getDatabaseProductName));
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("the database does not say what it is", e);
        }
    }

    /** A name that a session holds for as long as the program of that node lives. */
    static SessionLock lock(JdbcClient session, String node) {
        return new SessionLock(session, "node " + node);
    }

    /**
     * Takes the name, and waits for this program's turn to start.
     *
     * @throws NodeNameTaken when another program has it
     */
    synchronized void take() {
        if (!shared()) {
            return;
        }
        open();
        held = name().take(NAME_PATIENCE);
        if (!held) {
            throw new NodeNameTaken(node.name(), name().holder());
        }
        if (!turn().take(TURN_PATIENCE)) {
            LOG.warn(
                    "A program has been starting on this database for {} s; it is not waited for any longer: {}",
                    TURN_PATIENCE,
                    turn().holder());
        }
    }

    /** All that is made once is there: the next program may start. */
    @EventListener(ApplicationStartedEvent.class)
    synchronized void started() {
        if (session != null) {
            turn().free();
        }
    }

    /**
     * Takes the name anew when the session has ended, as it does when the database is restarted.
     *
     * @return whether it was taken anew: every other session of this program has ended with it
     */
    synchronized boolean renew() {
        if (session == null || (held && isAlive())) {
            return false;
        }
        if (!isAlive()) {
            held = false;
            end();
            open();
        }
        held = name().take(1);
        if (!held && !told) {
            String taken = new NodeNameTaken(node.name(), name().holder()).getMessage();
            LOG.error("While the database was away, this program's name was taken: {}", taken);
        }
        told = !held;
        return held;
    }

    private boolean isAlive() {
        try {
            return session.isValid(ALIVE_WITHIN);
        } catch (SQLException e) {
            return false;
        }
    }

    private SessionLock name() {
        return lock(client(), node.name());
    }

    private SessionLock turn() {
        return new SessionLock(client(), "start");
    }

    private JdbcClient client() {
        return JdbcClient.create(new SingleConnectionDataSource(session, true));
    }

    private void open() {
        try {
            session = database.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException("no session for the node's name: " + e.getMessage(), e);
        }
    }

    /** Gives the name back. */
    @Override
    public synchronized void destroy() {
        if (session != null && held && isAlive()) {
            name().free();
        }
        end();
        session = null;
    }

    /** A session that does not answer is ended, not given back to the pool: there it might go on holding the name. */
    private void end() {
        try (Connection ended = session) {
            if (ended != null && !isAlive()) {
                ended.abort(Runnable::run);
            }
        } catch (SQLException e) {
            LOG.debug("the session of the node's name had ended already", e);
        }
    }
}
