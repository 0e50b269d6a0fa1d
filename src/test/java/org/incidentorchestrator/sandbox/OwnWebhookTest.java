package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class OwnWebhookTest {
    @TempDir
    Path folder;

    private final MockEnvironment settings = new MockEnvironment().withProperty("local.server.port", "8080");
    private final OwnWebhook webhook = new OwnWebhook(settings);

    @Test
    void the_address_is_that_of_the_program_as_it_runs() {
        assertThat(webhook.address()).hasToString("http://127.0.0.1:8080/webhooks/alertmanager");

        settings.withProperty("server.address", "10.0.0.7")
                .withProperty("server.servlet.context-path", "/ops")
                .withProperty("server.ssl.enabled", "true");
        assertThat(webhook.address()).hasToString("https://10.0.0.7:8080/ops/webhooks/alertmanager");
    }

    @Test
    void the_token_is_read_from_the_file_each_time_or_from_the_setting() throws IOException {
        Path file = folder.resolve("token");
        settings.withProperty("intake.sources.alertmanager.token-file", file.toString());
        assertThatThrownBy(webhook::token).isInstanceOf(NoSuchFileException.class);

        Files.writeString(file, "first\n");
        assertThat(webhook.token()).isEqualTo("first");
        Files.writeString(file, "second\n");
        assertThat(webhook.token()).isEqualTo("second");

        settings.withProperty("intake.sources.alertmanager.token", "third");
        assertThat(webhook.token()).isEqualTo("third");
    }
}
