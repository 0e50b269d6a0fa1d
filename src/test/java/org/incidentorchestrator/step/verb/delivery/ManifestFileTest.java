package org.incidentorchestrator.step.verb.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.incidentorchestrator.step.StepFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestFileTest {
    @TempDir
    private Path place;

    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectories(place.resolve("checkout"));
        Files.createDirectories(folder.resolve("apps.yaml"));
        Files.writeString(folder.resolve("root.yaml"), "kind: Application\n");
        Files.writeString(place.resolve("outside.yaml"), "kind: Application\n");
        Files.createSymbolicLink(folder.resolve("link-out.yaml"), place.resolve("outside.yaml"));
        Files.createSymbolicLink(folder.resolve("link-in.yaml"), folder.resolve("root.yaml"));
    }

    @Test
    void a_file_is_pinned_by_the_hash_of_its_bytes() {
        ManifestFile file = read("root.yaml");
        assertThat(file.text()).isEqualTo("kind: Application\n");
        assertThat(file.path()).isEqualTo(folder.resolve("root.yaml"));
        assertThat(file.sha256()).isEqualTo("0a33b717ff9b1bec18bbbfc64b3aef106ce939b1ede55e3cab23954a6fd7a3e9");
    }

    @Test
    void a_link_inside_of_the_folder_is_followed() {
        assertThat(read("link-in.yaml").sha256()).isEqualTo(read("root.yaml").sha256());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../outside.yaml",
                "apps/../../outside.yaml",
                "link-out.yaml",
                "/etc/x.yaml",
                "apps.yaml",
                "root.txt",
                "nul\0.yaml"
            })
    void a_path_that_names_no_manifest_in_the_folder_is_refused(String name) {
        assertThat(refused(folder.toString(), name)).isEqualTo("badPath");
    }

    @Test
    void a_path_that_is_not_given_is_refused() {
        assertThat(refused(folder.toString(), null)).isEqualTo("badPath");
    }

    @Test
    void a_folder_that_is_not_named_or_not_there_is_told() {
        assertThat(refused("", "root.yaml")).isEqualTo("noManifestFolder");
        assertThat(refused(place.resolve("gone").toString(), "root.yaml")).isEqualTo("manifestUnreadable");
        assertThat(refused(folder.toString(), "other.yaml")).isEqualTo("manifestNotFound");
    }

    @Test
    void what_is_no_text_or_too_much_is_refused() throws IOException {
        Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xC3, (byte) 0x28});
        Files.write(folder.resolve("large.yaml"), "#".repeat(1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8));
        assertThat(refused(folder.toString(), "binary.yaml")).isEqualTo("manifestUnreadable");
        assertThat(refused(folder.toString(), "large.yaml")).isEqualTo("manifestTooLarge");
    }

    private ManifestFile read(String name) {
        return ManifestFile.read(folder.toString(), name);
    }

    private static String refused(String folder, String name) {
        return catchThrowableOfType(StepFailure.class, () -> ManifestFile.read(folder, name))
                .reason();
    }
}
