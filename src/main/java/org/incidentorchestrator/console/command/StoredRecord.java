package org.incidentorchestrator.console.command;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.h2.api.ErrorCode;
import org.incidentorchestrator.console.start.DatabaseKind;
import org.incidentorchestrator.evidence.RecordProof;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The database that the settings name, opened to be read and for nothing else. */
final class StoredRecord implements AutoCloseable {
    private final SingleConnectionDataSource database;

    private StoredRecord(Connection connection) {
        this.database = new SingleConnectionDataSource(connection, true);
    }

    /** @throws CommandFailed when there is none, or somebody else has it open */
    static StoredRecord open(Environment settings) {
        String url = settings.getProperty("spring.datasource.url", "");
        try {
            return new StoredRecord(connect(url, login(settings)));
        } catch (SQLException e) {
            throw refusal(url, e);
        }
    }

    /** A database file that nobody else knows. @throws CommandFailed when it cannot be read */
    static StoredRecord open(Path file) {
        String url = "jdbc:h2:file:" + file.toString().replaceFirst("\\.mv\\.db$", "");
        try {
            return new StoredRecord(connect(url, login("sa", "")));
        } catch (SQLException e) {
            throw CommandFailed.foundWrong("The database in the back-up cannot be read: " + e.getMessage(), e);
        }
    }

    private static Properties login(Environment settings) {
        return login(
                settings.getProperty("spring.datasource.username", ""),
                settings.getProperty("spring.datasource.password", ""));
    }

    private static Properties login(String user, String password) {
        var login = new Properties();
        login.put("user", user);
        login.put("password", password);
        return login;
    }

    private static Connection connect(String url, Properties login) throws SQLException {
        Optional<DatabaseKind> kind = DatabaseKind.of(url);
        boolean embedded = kind.filter(DatabaseKind.H2::equals).isPresent();
        Connection connection =
                DriverManager.getConnection(embedded ? url + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE" : url, login);
        connection.setReadOnly(true);
        return connection;
    }

    private static CommandFailed refusal(String url, SQLException e) {
        String where = DatabaseKind.withoutSecrets(url).replaceFirst(";.*", "");
        return switch (e.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                CommandFailed.unreachable(
                        "The database %s is in use by a program that runs. Ask that one: --server http://localhost:8080"
                                .formatted(where),
                        e);
            case ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1 ->
                CommandFailed.wrongUsage(
                        "There is no database at %s. Name its folder: --data.folder=/path".formatted(where));
            default ->
                CommandFailed.unreachable(
                        "The database %s cannot be opened: %s. See that it runs, and correct spring.datasource.url, .username and .password."
                                .formatted(where, e.getMessage()),
                        e);
        };
    }

    RecordProof proof() {
        return new RecordProof(new JdbcTemplate(database), new JdbcTransactionManager(database));
    }

    @Override
    public void close() {
        database.destroy();
    }
}
