package org.incidentorchestrator.console.start.h2;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/** One connection to a database file that nobody else uses. H2 closes a file that breaks under it: it is opened again. */
final class OpenDatabase implements AutoCloseable {
    /** What is only looked at is not tidied up: that would take time, and meet the damage first. */
    private static final String UNTOUCHED = ";AUTO_COMPACT_FILL_RATE=0;MAX_COMPACT_TIME=0";

    private final String url;
    private final String user;
    private final String password;
    private Connection connection;
    private long version;

    private OpenDatabase(String url, H2File like) throws SQLException {
        this.url = url;
        this.user = like.user();
        this.password = like.password();
        connect();
    }

    static OpenDatabase existing(H2File like, Path file) throws SQLException {
        return new OpenDatabase(like.url(file) + ";IFEXISTS=TRUE" + UNTOUCHED, like);
    }

    static OpenDatabase fresh(H2File like, Path file) throws SQLException {
        return new OpenDatabase(like.url(file) + UNTOUCHED, like);
    }

    private void connect() throws SQLException {
        try {
            connection = DriverManager.getConnection(url, user, password);
            connection.setAutoCommit(false);
            notOlder();
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError broken) {
            throw new SQLException(Unreadable.reason(broken), broken);
        }
    }

    /** A damaged file may open in an older state the second time than the first: nothing is read of that. */
    private void notOlder() throws SQLException {
        long opened =
                session().getDatabase().getStore().getMvStore().getFileStore().lastChunkVersion();
        if (opened < version) {
            connection.close();
            throw new SQLException("it opened in version %d, and then in version %d".formatted(version, opened));
        }
        version = opened;
    }

    /** After a failure: takes back what was begun, on a new connection when H2 has closed the file. */
    void recoverConnection() throws SQLException {
        try {
            connection.rollback();
        } catch (SQLException closed) {
            connect();
        }
    }

    SessionLocal session() throws SQLException {
        return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> strings(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
