package org.incidentorchestrator.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HexFormat;
import org.flywaydb.core.Flyway;
import org.incidentorchestrator.console.start.DatabaseKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record of a data folder, read where it lies. */
class VerifyRecordTest {
    @TempDir
    Path folder;

    @BeforeEach
    void an_entry_whose_seal_does_not_fit_follows_on_none() {
        Flyway.configure()
                .dataSource(url(), "sa", "")
                .placeholders(DatabaseKind.H2.schemaTypes())
                .load()
                .migrate();
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("incidents") + ";WRITE_DELAY=0";
    }

    private void sql(String statement) throws Exception {
        try (Connection database = DriverManager.getConnection(url(), "sa", "")) {
            database.createStatement().execute(statement);
        }
    }

    private CommandLineRun verify(String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "verify-record";
        words[1] = "--data.folder=" + folder;
        System.arraycopy(more, 0, words, 2, more.length);
        return CommandLineRun.of(words);
    }

    private void forgedEntry() throws Exception {
        sql("insert into evidence (incident, at, kind, actor, activity, summary, details, seq, prev_hash, hash) values"
                + " (7, timestamp with time zone '2026-01-02 03:04:05Z', 'PAGED', 'ann', '', 'paged bob', '{}', 1,"
                + " repeat('0', 64), repeat('1', 64))");
    }

    @Test
    void a_record_that_nobody_touched_is_as_it_was_sealed() {
        var run = verify();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("as it was sealed: 0 entries");
    }

    @Test
    void a_forged_entry_is_named() throws Exception {
        forgedEntry();

        var run = verify();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("changed at entry 1", "INC-7 PAGED by ann: paged bob");
    }

    @Test
    void a_kept_head_that_the_chain_does_not_have_is_something_wrong() {
        var run = verify("--head", "f".repeat(64));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("not in it");
    }

    @Test
    void entries_that_wait_for_their_seal_are_counted() throws Exception {
        sql("insert into evidence (incident, at, kind, actor, activity, summary, details)"
                + " values (7, now(), 'PAGED', 'ann', '', 'paged bob', '{}')");

        assertThat(verify().out()).contains("1 newer entries wait");
    }

    @Test
    void it_writes_nothing() throws Exception {
        forgedEntry();
        String before = digest();

        verify();

        assertThat(digest()).isEqualTo(before);
    }

    private String digest() throws Exception {
        byte[] bytes = Files.readAllBytes(folder.resolve("incidents.mv.db"));
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void a_folder_without_a_database_is_wrong_usage() {
        var run = CommandLineRun.of("verify-record", "--data.folder=" + folder.resolve("none"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("There is no database", "--data.folder");
    }

    @Test
    void a_database_that_is_in_use_is_not_read() throws Exception {
        // As another process would: it is only told apart by H2's lock of the file.
        try (var channel = java.nio.channels.FileChannel.open(
                        folder.resolve("incidents.mv.db"), java.nio.file.StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            var run = verify();

            assertThat(lock.isValid()).isTrue();
            assertThat(run.code()).as(run.err()).isEqualTo(3);
            assertThat(run.err()).contains("in use", "--server");
        }
    }

    @Test
    void a_server_that_is_not_there_is_said_to_be() throws Exception {
        var run = verify("--server", "http://127.0.0.1:9", "--user", "ann", "--password-file", "/dev/null");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("No program answers");
    }

    @Test
    void a_server_without_a_login_is_wrong_usage() {
        assertThat(verify("--server", "http://127.0.0.1:9").code()).isEqualTo(2);
    }
}
