package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialTest {
    private static final String TOKEN = "correct-horse-battery-staple";

    private final Credential credential = Credential.of(TOKEN);

    @Test
    void the_token_is_taken_as_bearer_and_as_the_password_of_any_user() {
        assertThat(credential.isProvedBy("Bearer " + TOKEN)).isTrue();
        assertThat(credential.isProvedBy("bearer  " + TOKEN + " ")).isTrue();
        assertThat(credential.isProvedBy(basic("alertmanager:" + TOKEN))).isTrue();
        assertThat(credential.isProvedBy(basic(":" + TOKEN))).isTrue();
    }

    @Test
    void anything_else_is_refused() {
        assertThat(credential.isProvedBy(null)).isFalse();
        assertThat(credential.isProvedBy("")).isFalse();
        assertThat(credential.isProvedBy(TOKEN)).isFalse();
        assertThat(credential.isProvedBy("Bearer")).isFalse();
        assertThat(credential.isProvedBy("Bearer " + TOKEN.toUpperCase(java.util.Locale.ROOT)))
                .isFalse();
        assertThat(credential.isProvedBy("Bearer " + TOKEN + "x")).isFalse();
        assertThat(credential.isProvedBy("Basic !!!")).isFalse();
        assertThat(credential.isProvedBy(basic(TOKEN + ":"))).isFalse();
    }

    @Test
    void an_absent_file_is_made_with_a_random_token_for_the_owner_alone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("data/alertmanager.token");

        Credential made = Credential.in(file);

        String token = Files.readString(file).strip();
        assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32);
        assertThat(made.isProvedBy("Bearer " + token)).isTrue();
        assertThat(Credential.in(file).isProvedBy("Bearer " + token)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void a_token_that_is_easily_guessed_is_refused_with_its_remedy(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "secret\n");

        assertThatThrownBy(() -> Credential.in(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("at least 16");
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
