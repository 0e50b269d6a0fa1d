package org.incidentorchestrator.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.incidentorchestrator.console.start.DatabaseKind;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One real PostgreSQL for all tests of this JVM, as durable as one that is kept for: what is confirmed is on the disk.
 * Each test has a database of its own in it.
 */
public final class Postgres {
    public static final String USER = "postgres";

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Postgres ONE = new Postgres();

    private final EmbeddedPostgres server = start();
    private String withSchema;

    private Postgres() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            Path.of("target", "postgres").toAbsolutePath().toFile())
                    // The library switches both off.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start", e);
        }
    }

    /** @return the name of a new database without any table */
    public static String createEmpty() {
        return ONE.create("template1");
    }

    /** @return the name of a new database with the program's schema */
    static synchronized String createWithSchema() {
        if (ONE.withSchema == null) {
            String template = createEmpty();
            migrate(dataSource(template));
            ONE.withSchema = template;
        }
        return ONE.create(ONE.withSchema);
    }

    static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .placeholders(DatabaseKind.POSTGRESQL.schemaTypes())
                .load()
                .migrate();
    }

    public static DataSource dataSource(String database) {
        return ONE.server.getDatabase(USER, database);
    }

    public static String url(String database) {
        return "jdbc:postgresql://localhost:" + ONE.server.getPort() + "/" + database;
    }

    /** Ends every session that is left. */
    public static void drop(String database) {
        admin().sql("drop database if exists " + database + " with (force)").update();
    }

    static JdbcClient admin() {
        return JdbcClient.create(ONE.server.getPostgresDatabase());
    }

    private String create(String template) {
        String name = "test_" + DATABASES.incrementAndGet();
        admin().sql("create database " + name + " template " + template).update();
        return name;
    }
}
