package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstPasswordsTest {
    @TempDir
    Path folder;

    @Test
    void the_file_is_its_owners_alone() throws IOException {
        FirstPasswords passwords = in(folder);
        passwords.keep(Map.of("admin", "secret one"));
        assertThat(Files.getPosixFilePermissions(passwords.file()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void an_account_made_later_leaves_the_others_lines_alone() throws IOException {
        FirstPasswords passwords = in(folder);
        passwords.keep(Map.of("admin", "one"));
        passwords.keep(Map.of("responder", "two"));
        passwords.keep(Map.of("admin", "three"));
        assertThat(Files.readAllLines(passwords.file())).containsExactly("admin three", "responder two");
    }

    @Test
    void a_file_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("in-the-way"));
        assertThatThrownBy(() -> in(file).keep(Map.of("admin", "one")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("in-the-way/first-passwords");
    }

    private static FirstPasswords in(Path folder) {
        return new FirstPasswords(new DataSettings(folder.toString()));
    }
}
