package org.incidentorchestrator.console.start.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.result.Row;
import org.h2.table.Table;
import org.h2.value.ValueVarchar;
import org.incidentorchestrator.console.start.h2.Checked.Rebuilt;
import org.incidentorchestrator.console.start.h2.Checked.Sound;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** A file that was left by a kill, whole and damaged on purpose. Whatever is missing afterwards has to be named. */
class FileCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

    @TempDir
    static Path shared;

    private static byte[] killed;
    private static int newest;
    private static long version;
    private static Map<String, Long> rows;
    private static String schema;

    @TempDir
    Path folder;

    private H2File file;

    @BeforeAll
    static void aDatabaseIsLeftByAKill() throws Exception {
        Path left = shared.resolve("killed.mv.db");
        if (System.getProperty("h2.killed") == null) {
            left = new SampleDatabase(shared).killed(2000);
        } else {
            Files.copy(Path.of(System.getProperty("h2.killed")), left);
        }
        killed = Files.readAllBytes(left);
        try (FileChannel channel = NewestWrite.open(left)) {
            newest = (int) NewestWrite.in(channel).orElseThrow().block() * 4096;
        }
        version = SampleDatabase.version(left);
        rows = SampleDatabase.rows(left);
        try (OpenDatabase database = OpenDatabase.existing(like(left), left)) {
            schema = Schema.of(database).text();
        }
    }

    @BeforeEach
    void itLiesInAnEmptyFolder() throws IOException {
        try (Stream<Path> before = Files.list(folder)) {
            for (Path path : before.toList()) {
                FileSystemUtils.deleteRecursively(path);
            }
        }
        file = like(folder.resolve("incidents.mv.db"));
        Files.write(file.path(), killed);
        Files.writeString(file.schema(), schema);
        OpenMark.of(file).write(version);
    }

    private static H2File like(Path file) {
        return H2File.of(SampleDatabase.url(file), "sa", "").orElseThrow();
    }

    @Test
    void a_file_that_a_kill_left_is_sound_and_written_anew_with_all_of_its_rows() throws IOException {
        Checked checked = FileCheck.run(file, NOW);

        assertThat(checked).isInstanceOf(Sound.class);
        Sound sound = (Sound) checked;
        assertThat(sound.tables()).isEqualTo(rows.size());
        assertThat(sound.rows()).isEqualTo(total(rows));
        assertThat(sound.indexes()).isGreaterThan(100);
        assertThat(SampleDatabase.rows(file.path())).isEqualTo(rows);
        assertThat(Files.size(file.path())).isLessThan(killed.length);
        assertThat(file.workshop()).doesNotExist();
        assertThat(folder).isDirectoryContaining("glob:**/incidents.open");
    }

    @Test
    void an_index_without_a_row_is_made_anew_and_nothing_is_lost() throws Exception {
        damage("INBOX", (session, table) -> index(table, "INBOX_STATE").remove(session, row(session, table, 100)));

        Rebuilt rebuilt = rebuilt();

        assertThat(rebuilt.faults()).containsExactly("INBOX index INBOX_STATE has 199 entries for 200 rows");
        assertThat(rebuilt.lost()).isEmpty();
        assertThat(SampleDatabase.rows(file.path())).isEqualTo(rows);
        assertThat(FileCheck.run(file, NOW)).isInstanceOf(Sound.class);
    }

    @Test
    void an_index_that_tells_other_values_than_the_rows_is_found_out() throws Exception {
        damage("INBOX", (session, table) -> {
            Index index = index(table, "INBOX_STATE");
            Row row = row(session, table, 100);
            index.remove(session, row);
            row.setValue(table.getColumn("STATE").getColumnId(), ValueVarchar.get("RECEIVED"));
            index.add(session, row);
        });

        assertThat(rebuilt().faults()).containsExactly("INBOX index INBOX_STATE has other values than the rows");
        assertThat(SampleDatabase.rows(file.path())).isEqualTo(rows);
    }

    @Test
    void rows_that_only_an_index_knows_are_named_and_what_refers_to_them_is_saved() throws Exception {
        String[] id = new String[1];
        damage("ACT_RU_EXECUTION", (session, table) -> {
            Row parent = row(session, table, 1);
            id[0] = parent.getValue(table.getColumn("ID_").getColumnId()).getString();
            table.getScanIndex(session).remove(session, parent);
        });

        assertThat(rebuilt().lost()).containsExactly("ACT_RU_EXECUTION: 1 row (ID_ = " + id[0] + ")");
        Map<String, Long> expected = new TreeMap<>(rows);
        expected.merge("ACT_RU_EXECUTION", -1L, Long::sum);
        assertThat(SampleDatabase.rows(file.path())).isEqualTo(expected);
    }

    @Test
    void the_damaged_file_is_kept_and_people_are_to_be_told() throws Exception {
        damage("INBOX", (session, table) -> index(table, "INBOX_STATE").remove(session, row(session, table, 100)));
        byte[] damaged = Files.readAllBytes(file.path());

        Path kept = rebuilt().kept();

        assertThat(kept.getFileName()).hasToString("incidents.damaged-20261124T030000.000Z.mv.db");
        assertThat(kept).hasBinaryContent(damaged);
        DamageReport report = DamageReport.untold(file).orElseThrow();
        assertThat(report.lossless()).isTrue();
        assertThat(report.text()).contains(file.path().toString(), kept.toString(), "INBOX_STATE");
    }

    @Test
    void numbers_that_were_given_are_not_given_again() throws Exception {
        damage("INBOX", (session, table) -> index(table, "INBOX_STATE").remove(session, row(session, table, 100)));
        rebuilt();

        try (OpenDatabase database = OpenDatabase.existing(file, file.path())) {
            database.execute(
                    """
                    insert into inbox (source, received_at, sha256, body, state, attempts, due_at)
                    values ('alertmanager', current_timestamp, '', '', 'DONE', 0, current_timestamp)""");
            assertThat(Long.parseLong(
                            database.strings("select max(id) from inbox").get(0)))
                    .isGreaterThan(200);
        }
    }

    @Test
    void a_rebuild_that_was_killed_is_begun_anew() throws Exception {
        damage("INBOX", (session, table) -> index(table, "INBOX_STATE").remove(session, row(session, table, 100)));
        Files.createDirectory(file.workshop());
        Files.writeString(file.workshop().resolve("copy.mv.db"), "half a copy");
        Files.writeString(file.workshop().resolve("fresh.mv.db"), "half a database");
        Files.createLink(file.damaged(NOW), file.path());
        Files.writeString(file.report(), "what the killed one was about to tell");

        rebuilt();

        assertThat(SampleDatabase.rows(file.path())).isEqualTo(rows);
        assertThat(DamageReport.untold(file).orElseThrow().text()).contains("INBOX_STATE");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 0.97, 0.9999})
    void a_file_that_was_cut_never_opens_with_fewer_rows_and_without_a_word(double part) throws Exception {
        holds(Arrays.copyOf(killed, (int) (killed.length * part)), "cut to " + part);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4096, 12288})
    void of_a_file_that_is_nearly_gone_nothing_is_made_and_nothing_is_taken(int length) throws Exception {
        byte[] stump = Arrays.copyOf(killed, length);
        Files.write(file.path(), stump);

        assertThatThrownBy(() -> FileCheck.run(file, NOW))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("nothing of it could be saved")
                .hasMessageContaining("Put a back-up in its place");
        assertThat(file.path()).hasBinaryContent(stump);
    }

    @Test
    void tables_whose_place_in_the_file_is_lost_are_not_taken_for_empty_ones() throws Exception {
        damage("INBOX", (session, table) -> {
            table.getScanIndex(session).truncate(session);
            index(table, "INBOX_STATE").truncate(session);
        });

        Rebuilt rebuilt = rebuilt();

        assertThat(rebuilt.faults())
                .containsExactly("tables have fewer rows than they had, and nothing was deleted from them");
        assertThat(rebuilt.lost())
                .containsExactly("INBOX: all of its rows; it had 200 when the program was last ready");
    }

    @Test
    void a_table_whose_definition_is_lost_costs_no_row_of_the_others() throws Exception {
        Files.write(file.path(), withoutQuotationMark("CREATE CACHED TABLE \"PUBLIC\".\"INBOX\"("));

        Rebuilt rebuilt = rebuilt();

        assertThat(rebuilt.faults()).singleElement().asString().startsWith("it cannot be opened");
        assertThat(rebuilt.lost()).contains("INBOX: the whole table");
        Map<String, Long> expected = new TreeMap<>(rows);
        expected.put("INBOX", 0L);
        assertThat(SampleDatabase.rows(file.path())).isEqualTo(expected);
    }

    /** Wherever the text lies in the file, its first quotation mark is overwritten: the next one ends nowhere. */
    private static byte[] withoutQuotationMark(String text) {
        byte[] damaged = killed.clone();
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at + wanted.length < damaged.length; at++) {
            if (Arrays.equals(damaged, at, at + wanted.length, wanted, 0, wanted.length)) {
                damaged[at + text.indexOf('"')] = 1;
            }
        }
        return damaged;
    }

    /** Only the end of a write has a checksum; H2 believes its head, which says where everything lies. */
    @ParameterizedTest
    @ValueSource(strings = {"root:", "version:", "len:"})
    void a_head_of_the_newest_write_that_says_something_else_than_its_end_is_not_believed(String field)
            throws IOException {
        byte[] damaged = killed.clone();
        String head = new String(killed, newest, 300, StandardCharsets.ISO_8859_1);
        int at = newest + head.indexOf(field) + field.length();
        damaged[at] = (byte) (damaged[at] == '1' ? '2' : '1');
        Files.write(file.path(), damaged);

        assertThat(rebuilt().lost()).anyMatch(told -> tells(told, "EVIDENCE"));
    }

    /**
     * {@code -Dh2.flips=3000} for more. A failure keeps both files and says its seed: {@code -Dh2.killed=<the first file>
     * -Dh2.seed=<seed>} does it again. Every other place is in the newest write, where the file tells of itself.
     */
    @Test
    void wherever_bytes_are_flipped_every_row_is_there_or_named() throws Exception {
        long first = Long.getLong("h2.seed", System.nanoTime());
        for (int flip = 0; flip < Integer.getInteger("h2.flips", 10); flip++) {
            long seed = first + flip;
            byte[] damaged = flipped(new Random(seed), seed % 2 == 0 ? 0 : newest);
            try {
                holds(damaged, "seed " + seed);
            } catch (Throwable failure) {
                throw new AssertionError("Kept as " + kept(seed, damaged) + " of seed " + seed, failure);
            }
            itLiesInAnEmptyFolder();
        }
    }

    private static byte[] flipped(Random random, int from) {
        byte[] damaged = killed.clone();
        int at = from + random.nextInt(killed.length - 32 - from);
        for (int bytes = 1 + random.nextInt(16); bytes > 0; bytes--) {
            damaged[at + bytes] ^= (byte) (1 + random.nextInt(255));
        }
        return damaged;
    }

    private static List<Path> kept(long seed, byte[] damaged) throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "h2-flips"));
        return List.of(
                Files.write(kept.resolve(seed + ".killed.mv.db"), killed),
                Files.write(kept.resolve(seed + ".damaged.mv.db"), damaged));
    }

    /** Twice: the first opening ends with what H2 tidies up. */
    private void holds(byte[] damaged, String what) throws Exception {
        Files.write(file.path(), damaged);
        try {
            Checked checked = FileCheck.run(file, NOW);
            List<String> lost = checked instanceof Rebuilt rebuilt ? rebuilt.lost() : List.of();
            for (int opening = 1; opening <= 2; opening++) {
                Map<String, Long> missing = new TreeMap<>(rows);
                SampleDatabase.rows(file.path()).forEach((table, count) -> missing.merge(table, -count, Long::sum));
                missing.values().removeIf(count -> count == 0);
                assertThat(missing.keySet())
                        .as("%s: rows that are gone without a word (told: %s)", what, lost)
                        .allMatch(table -> lost.stream().anyMatch(told -> tells(told, table)));
            }
        } catch (DatabaseRefused refused) {
            assertThat(file.path()).as(what).hasBinaryContent(damaged);
        }
    }

    /** Names the table, or says that all of it is older than it was. */
    private static boolean tells(String lost, String table) {
        return lost.startsWith(table + ": ")
                || lost.contains("in an older state")
                || lost.contains("rows may be missing that nothing names");
    }

    @Test
    void a_file_that_another_program_has_open_is_left_alone() throws Exception {
        try (OpenDatabase other = OpenDatabase.existing(file, file.path())) {
            assertThat(other.session().isClosed()).isFalse();
            assertThatThrownBy(() -> TestGuard.on(file))
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining("in use by another program");
        }
        assertThat(file.workshop()).doesNotExist();
    }

    @Test
    void the_mark_lies_there_while_the_database_is_open_and_a_clean_end_takes_it_away() throws Exception {
        DatabaseGuard guard = TestGuard.on(file);
        assertThat(file.mark()).exists();
        try (OpenDatabase open = OpenDatabase.existing(file, file.path())) {
            guard.close(Duration.ZERO);
            assertThat(file.mark()).as("the database is still open: %s", open).exists();
        }
        guard.close();
        assertThat(file.mark()).doesNotExist();
    }

    @Test
    void a_database_that_is_still_being_closed_is_waited_for() throws Exception {
        DatabaseGuard guard = TestGuard.on(file);
        OpenDatabase last = OpenDatabase.existing(file, file.path());
        CompletableFuture<Void> closed = CompletableFuture.runAsync(guard::close);
        assertThat(closed).isNotDone();
        last.close();
        assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        assertThat(file.mark()).doesNotExist();
    }

    @Test
    void without_a_mark_the_file_is_not_checked() throws Exception {
        Files.delete(file.mark());
        Files.write(file.path(), new byte[100]);
        TestGuard.on(file);
        assertThat(Files.size(file.path())).isEqualTo(100);
    }

    private Rebuilt rebuilt() {
        Checked checked = FileCheck.run(file, NOW);
        assertThat(checked).isInstanceOf(Rebuilt.class);
        return (Rebuilt) checked;
    }

    /** Changes one part of a table behind the others' back. */
    private void damage(String name, BiConsumer<SessionLocal, Table> how) throws SQLException {
        try (OpenDatabase database = OpenDatabase.existing(file, file.path())) {
            SessionLocal session = database.session();
            how.accept(
                    session,
                    Findings.tablesOf(session).stream()
                            .filter(table -> table.getName().equals(name))
                            .findFirst()
                            .orElseThrow());
            database.commit();
        }
    }

    private static Index index(Table table, String name) {
        return table.getIndexes().stream()
                .filter(index -> index.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Row row(SessionLocal session, Table table, long number) {
        Cursor cursor = table.getScanIndex(session).find(session, null, null, false);
        for (long at = 0; at < number; at++) {
            cursor.next();
        }
        return cursor.get();
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
