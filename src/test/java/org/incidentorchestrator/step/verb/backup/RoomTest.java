package org.incidentorchestrator.step.verb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class RoomTest {
    @TempDir
    Path folder;

    @Test
    void a_folder_that_is_not_there_yet_has_the_room_of_the_one_it_would_be_made_in() {
        assertThat(Room.in(folder.resolve("a/b"), DataSize.ofBytes(1)).word()).isEqualTo("ready");
    }

    @Test
    void too_little_room_is_told_with_how_much_there_is_and_how_much_is_wanted() {
        Room room = Room.in(folder, DataSize.ofTerabytes(1_000_000));
        assertThat(room.word()).isEqualTo("noRoom");
        assertThat(room.text()).contains("MB are free in " + folder, "backup.min-free");
    }

    @Test
    void a_file_in_the_place_of_the_folder_is_nowhere_to_write_to() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(Room.in(file.resolve("backups"), DataSize.ofBytes(1)).word()).isEqualTo("notWritable");
    }
}
