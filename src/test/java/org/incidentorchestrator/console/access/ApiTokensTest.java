package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ApiTokensTest {
    /** printf %s open-sesame | sha256sum */
    private static final String SESAME = "d7ecdf25eaf3deba0f2628771dbdd22d4138ab6cf38f91ed02a2ca0dec7c8ab7";

    @TempDir
    Path folder;

    /** As an operator writes it: a setting is a text first. */
    @Test
    void the_file_is_named_by_a_setting() throws IOException {
        var written = new MapConfigurationPropertySource(
                Map.of("api.token-file", write("dashboard " + SESAME).toString()));
        ApiSettings settings =
                new Binder(written).bind("api", ApiSettings.class).get();
        assertThat(new ApiTokens(settings).ownerOf("open-sesame")).contains("dashboard");
    }

    @Test
    void a_token_belongs_to_the_user_of_its_line() throws IOException {
        ApiTokens tokens = of("# for the dashboard", "", "dashboard " + SESAME);
        assertThat(tokens.ownerOf("open-sesame")).contains("dashboard");
        assertThat(tokens.ownerOf("open-barley")).isEmpty();
        assertThat(tokens.ownerOf(SESAME)).isEmpty();
    }

    @Test
    void without_a_file_no_token_is_taken() {
        assertThat(new ApiTokens(new ApiSettings("")).ownerOf("")).isEmpty();
    }

    @Test
    void a_file_that_others_can_read_is_refused() throws IOException {
        Path file = write("dashboard " + SESAME);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> new ApiTokens(new ApiSettings(file.toString())))
                .hasMessageContaining("chmod 600");
    }

    @Test
    void a_line_that_cannot_be_read_is_named_without_its_content() throws IOException {
        Path file = write("dashboard " + SESAME, "pager open-sesame");
        assertThatThrownBy(() -> new ApiTokens(new ApiSettings(file.toString())))
                .hasMessageContaining("Line 2")
                .hasMessageNotContaining("open-sesame");
    }

    private ApiTokens of(String... lines) throws IOException {
        return new ApiTokens(new ApiSettings(write(lines).toString()));
    }

    private Path write(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("tokens"), java.util.List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
