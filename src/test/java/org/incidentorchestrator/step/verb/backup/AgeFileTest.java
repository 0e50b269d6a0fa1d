package org.incidentorchestrator.step.verb.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class AgeFileTest {
    private static final byte[] PLAIN = "apiVersion: v1\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void each_recipient_alone_can_decrypt_it() throws Exception {
        Keys one = Keys.made();
        Keys other = Keys.made();
        byte[] encrypted = AgeFile.encrypted(PLAIN, List.of(one.recipient(), other.recipient()));
        assertThat(new String(encrypted, StandardCharsets.ISO_8859_1))
                .startsWith("age-encryption.org/v1\n-> X25519 ")
                .doesNotContain("apiVersion");
        assertThat(AgeFile.decrypted(encrypted, Path.of(one.in(folder)))).isEqualTo(PLAIN);
        assertThat(AgeFile.decrypted(encrypted, Path.of(other.in(folder)))).isEqualTo(PLAIN);
    }

    @Test
    void nobody_else_can_and_a_changed_byte_is_found_out() throws Exception {
        Keys keys = Keys.made();
        byte[] encrypted = AgeFile.encrypted(PLAIN, List.of(keys.recipient()));
        assertThatThrownBy(
                        () -> AgeFile.decrypted(encrypted, Path.of(Keys.made().in(folder))))
                .isInstanceOf(Exception.class);
        encrypted[encrypted.length / 2] ^= 1;
        assertThatThrownBy(() -> AgeFile.decrypted(encrypted, Path.of(keys.in(folder))))
                .isInstanceOf(Exception.class);
    }

    @Test
    void a_file_without_a_key_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("empty"), "# no key\n");
        assertThatThrownBy(() -> AgeFile.decrypted(PLAIN, file)).hasMessageContaining("AGE-SECRET-KEY-");
    }

    @Test
    void what_is_no_public_key_is_refused_at_the_start() {
        assertThatThrownBy(() -> settings("age1qqqq")).hasMessageContaining("'age1qqqq' is no public key of age");
        assertThatThrownBy(() -> settings("ssh-ed25519 AAAA")).hasMessageContaining("age-keygen");
    }

    @Test
    void a_secret_key_in_the_place_of_a_public_one_is_refused_and_not_shown() {
        Keys keys = Keys.made();
        assertThatThrownBy(() -> settings(keys.secret()))
                .hasMessageContaining("a secret key of age is named")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(keys.secret()));
    }

    private static BackupSettings settings(String recipient) {
        return new BackupSettings("backups", List.of(recipient), "", 14, Duration.ofDays(90), DataSize.ofMegabytes(1));
    }
}
