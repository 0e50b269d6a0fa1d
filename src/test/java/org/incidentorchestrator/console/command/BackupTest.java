package org.incidentorchestrator.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.Flyway;
import org.incidentorchestrator.console.start.DatabaseKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of a folder, backed up and restored while no program runs on it. */
class BackupTest {
    @TempDir
    Path folder;

    private Path data;
    private Path file;

    @BeforeEach
    void a_state_of_one_parked_message() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        file = folder.resolve("backup.zip");
        Flyway.configure()
                .dataSource(url(data), "sa", "")
                .placeholders(DatabaseKind.H2.schemaTypes())
                .load()
                .migrate();
        message(data, 1);
        Files.writeString(data.resolve("alertmanager.token"), "a token");
        Files.writeString(data.resolve("sandbox-world.json"), "{}");
        Files.writeString(data.resolve("approval.key"), "a key");
    }

    private static String url(Path data) {
        return "jdbc:h2:file:" + data.resolve("incidents") + ";WRITE_DELAY=0";
    }

    private static void sql(Path data, String statement) throws SQLException {
        try (Connection database = DriverManager.getConnection(url(data), "sa", "")) {
            database.createStatement().execute(statement);
        }
    }

    private static void message(Path data, int id) throws SQLException {
        sql(
                data,
                "insert into inbox (id, source, received_at, sha256, body, state, attempts, due_at) values (%d, 'x', now(), '', '', 'PARKED', 0, now())"
                        .formatted(id));
    }

    private static long messages(Path data) throws SQLException {
        try (Connection database = DriverManager.getConnection(url(data), "sa", "");
                var count = database.createStatement().executeQuery("select count(*) from inbox")) {
            count.next();
            return count.getLong(1);
        }
    }

    private CommandLineRun on(Path data, String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        words.add("--data.folder=" + data);
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    private void backedUp() {
        var run = on(data, "backup", file.toString());
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void what_was_backed_up_is_there_again_in_an_empty_folder() throws Exception {
        backedUp();
        Path other = folder.resolve("other");

        var run = on(other, "restore", file.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(messages(other)).isEqualTo(1);
        assertThat(other.resolve("alertmanager.token")).hasContent("a token");
        assertThat(other.resolve("sandbox-world.json")).hasContent("{}");
        assertThat(run.out()).contains("as it was sealed", "step.mode=REHEARSE");
    }

    @Test
    void a_back_up_is_its_owners_alone_and_has_no_key_of_approvals() throws Exception {
        backedUp();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactlyInAnyOrder(
                            "incidents.mv.db", "alertmanager.token", "sandbox-world.json", "digests.json");
        }
    }

    @Test
    void a_state_that_is_there_is_not_overwritten_unless_it_is_said_and_then_put_aside() throws Exception {
        backedUp();
        message(data, 2);

        assertThat(on(data, "restore", file.toString()).code()).isEqualTo(4);
        assertThat(messages(data)).isEqualTo(2);

        var run = on(data, "restore", file.toString(), "--replace");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(messages(data)).isEqualTo(1);
        try (var all = Files.list(data)) {
            Path aside = all.filter(path -> path.getFileName().toString().startsWith("replaced-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(messages(aside)).isEqualTo(2);
            assertThat(aside.resolve("alertmanager.token")).hasContent("a token");
        }
    }

    @Test
    void a_file_that_is_there_is_not_overwritten() throws Exception {
        Files.writeString(file, "mine");

        assertThat(on(data, "backup", file.toString()).code()).isEqualTo(4);
        assertThat(file).hasContent("mine");
    }

    @Test
    void a_back_up_that_was_changed_is_not_restored() throws Exception {
        backedUp();
        Path changed = folder.resolve("changed.zip");
        rewritten(changed, "alertmanager.token", "another");

        var run = on(folder.resolve("other"), "restore", changed.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("alertmanager.token is not as it was written");
        assertThat(folder.resolve("other").resolve("incidents.mv.db")).doesNotExist();
    }

    @Test
    void a_back_up_whose_end_was_cut_off_is_not_restored() throws Exception {
        backedUp();
        byte[] all = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(all, all.length / 2));

        assertThat(on(folder.resolve("other"), "restore", file.toString()).code())
                .isEqualTo(1);
    }

    @Test
    void a_name_that_leads_out_of_the_folder_is_not_followed() throws Exception {
        backedUp();
        Path changed = folder.resolve("changed.zip");
        rewritten(changed, "digests.json", "{\"../../evil\": \"00\"}");

        assertThat(on(folder.resolve("other"), "restore", changed.toString()).code())
                .isEqualTo(1);
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    private void rewritten(Path to, String part, String content) throws IOException {
        try (var from = new ZipFile(file.toFile());
                var into = new ZipOutputStream(Files.newOutputStream(to))) {
            for (var entry : from.stream().toList()) {
                into.putNextEntry(new ZipEntry(entry.getName()));
                into.write(
                        entry.getName().equals(part)
                                ? content.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                                : from.getInputStream(entry).readAllBytes());
            }
        }
    }

    @Test
    void a_record_that_was_changed_is_backed_up_and_said_to_be_and_not_restored() throws Exception {
        sql(
                data,
                "insert into evidence (at, kind, actor, activity, summary, details, seq, prev_hash, hash) values"
                        + " (now(), 'PAGED', 'ann', '', 'paged bob', '{}', 1, repeat('0', 64), repeat('1', 64))");

        assertThat(on(data, "backup", file.toString()).code()).isEqualTo(1);
        assertThat(on(data, "verify-record", "--backup", file.toString()).out()).contains("changed at entry 1");
        var run = on(folder.resolve("other"), "restore", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Nothing was restored");
    }

    @Test
    void nothing_is_done_to_a_database_that_a_program_has_open() throws Exception {
        backedUp();
        try (var channel = FileChannel.open(data.resolve("incidents.mv.db"), StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(on(data, "backup", folder.resolve("b.zip").toString()).code())
                    .isEqualTo(3);
            assertThat(on(data, "restore", file.toString(), "--replace").code()).isEqualTo(3);
        }
        assertThat(messages(data)).isEqualTo(1);
    }

    @Test
    void of_postgresql_the_tools_of_postgresql_make_back_ups() {
        var run = on(data, "backup", file.toString(), "--spring.datasource.url=jdbc:postgresql://db/incidents");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("pg_dump");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_folder_without_a_database_has_nothing_to_be_backed_up() {
        assertThat(on(folder.resolve("none"), "backup", file.toString()).err()).contains("There is no database");
    }
}
