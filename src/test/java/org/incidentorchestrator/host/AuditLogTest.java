package org.incidentorchestrator.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.host.AuditAnswer.Found;
import org.incidentorchestrator.host.AuditAnswer.NotAvailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class AuditLogTest {
    private static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void a_log_that_is_not_there_is_not_available_and_never_empty() {
        assertThat(read(BEGIN, 1)).isInstanceOf(NotAvailable.class);
    }

    @Test
    void what_is_no_file_is_not_available() throws IOException {
        Files.createDirectory(file());

        assertThat(read(BEGIN, 1)).isInstanceOf(NotAvailable.class);
    }

    @Test
    void a_file_of_many_chunks_is_read_from_its_end_line_by_line() throws IOException {
        write(file(), 0, 5_000);

        Found found = (Found) read(BEGIN.plusSeconds(1_000), 64);

        assertThat(found.selected()).isEqualTo(4_000);
        assertThat(found.events().get(0).id()).isEqualTo("e4990");
        assertThat(found.events().get(9).id()).isEqualTo("e4999");
        assertThat(found.gaps()).isEmpty();
        assertThat(found.reachesBackTo().orElseThrow()).isAfter(BEGIN.plusSeconds(900));
    }

    @Test
    void no_more_is_read_than_allowed_and_that_is_said() throws IOException {
        write(file(), 0, 12_000);

        Found found = (Found) read(BEGIN, 1);

        assertThat(Files.size(file())).isGreaterThan(2_000_000);
        assertThat(found.selected()).isLessThan(8_000);
        assertThat(found.gaps()).containsExactly("no more than 1 MB are read in one look");
    }

    @Test
    void the_rotated_files_are_read_newest_first_until_the_time_is_covered() throws IOException {
        write(folder.resolve("audit-2026-11-24T12-10-00.000.log"), 0, 100);
        write(folder.resolve("audit-2026-11-24T12-20-00.000.log"), 100, 200);
        write(file(), 200, 300);

        Found all = (Found) read(BEGIN.minusSeconds(1), 64);
        assertThat(all.selected()).isEqualTo(300);
        assertThat(all.gaps()).singleElement().asString().startsWith("it begins at ");

        Found some = (Found) read(BEGIN.plusSeconds(190), 64);
        assertThat(some.selected()).isEqualTo(110);
        assertThat(some.reachesBackTo().orElseThrow()).isAfter(BEGIN.plusSeconds(100));
    }

    @Test
    void a_line_longer_than_any_event_is_told_and_the_others_are_read() throws IOException {
        write(file(), 0, 1);
        try (Writer more = Files.newBufferedWriter(file(), java.nio.file.StandardOpenOption.APPEND)) {
            more.write("x".repeat(5 * 1024 * 1024));
            more.write("\n");
            more.write(line(1));
        }

        Found found = (Found) read(BEGIN, 64);

        assertThat(found.selected()).isEqualTo(2);
        assertThat(found.gaps()).containsExactly("1 line is no event");
    }

    @Test
    void a_line_that_is_being_written_is_no_gap() throws IOException {
        write(file(), 0, 2);
        Files.writeString(file(), "{\"auditID\":\"half", java.nio.file.StandardOpenOption.APPEND);

        Found found = (Found) read(BEGIN, 64);

        assertThat(found.selected()).isEqualTo(2);
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void an_empty_file_says_that_it_is_empty() throws IOException {
        Files.createFile(file());

        Found found = (Found) read(BEGIN, 1);

        assertThat(found.inWindow()).isZero();
        assertThat(found.reachesBackTo()).isEqualTo(Optional.empty());
        assertThat(found.gaps()).containsExactly("it is empty");
    }

    private AuditAnswer read(Instant since, int megabytes) {
        var settings = new AuditSettings(file().toString(), DataSize.ofMegabytes(megabytes));
        return new AuditLog(settings)
                .read(new AuditQuery(since, BEGIN.plusSeconds(100_000), Set.of("apps"), "", Set.of(), 10));
    }

    private Path file() {
        return folder.resolve("audit.log");
    }

    private static void write(Path file, int from, int to) throws IOException {
        try (Writer lines = Files.newBufferedWriter(file)) {
            for (int i = from; i < to; i++) {
                lines.write(line(i));
            }
        }
    }

    /** One a second. */
    private static String line(int i) {
        return ("{\"auditID\":\"e%d\",\"verb\":\"get\",\"user\":{\"username\":\"alice\"},\"objectRef\":{\"resource\":\"pods\","
                        + "\"namespace\":\"apps\"},\"responseStatus\":{\"code\":200},\"stageTimestamp\":\"%s\"}\n")
                .formatted(i, BEGIN.plusSeconds(i));
    }
}
