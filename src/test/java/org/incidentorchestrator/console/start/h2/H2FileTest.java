package org.incidentorchestrator.console.start.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2FileTest {
    @Test
    void names_what_lies_beside_the_file() {
        H2File file = file("jdbc:h2:file:/data/incidents;WRITE_DELAY=0");
        assertThat(file.path()).isEqualTo(Path.of("/data/incidents.mv.db"));
        assertThat(file.mark()).isEqualTo(Path.of("/data/incidents.open"));
        assertThat(file.url(Path.of("/other/copy.mv.db"))).isEqualTo("jdbc:h2:file:/other/copy;WRITE_DELAY=0");
    }

    @Test
    void understands_the_short_form_of_a_url_and_the_home_folder() {
        assertThat(file("jdbc:h2:./data/incidents").path())
                .isEqualTo(Path.of("data/incidents.mv.db").toAbsolutePath());
        assertThat(file("JDBC:H2:FILE:~/incidents").path())
                .isEqualTo(Path.of(System.getProperty("user.home"), "incidents.mv.db"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:test",
                "jdbc:h2:tcp://host/test",
                "jdbc:postgresql://localhost/incidents",
                "jdbc:h2:mem:"
            })
    void what_is_no_file_is_not_looked_after(String url) {
        assertThat(H2File.of(url, "sa", "")).isEmpty();
    }

    private static H2File file(String url) {
        return H2File.of(url, "sa", "").orElseThrow();
    }
}
