package org.incidentorchestrator.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.env.Environment;

/** The program's own webhook, as an Alertmanager beside it would be configured for. */
final class OwnWebhook implements AlertmanagerPost.Receiver {
    private final Environment environment;

    OwnWebhook(Environment environment) {
        this.environment = environment;
    }

    @Override
    public URI address() {
        String scheme = environment.getProperty("server.ssl.enabled", Boolean.class, false) ? "https" : "http";
        return URI.create(scheme + "://" + environment.getProperty("server.address", "127.0.0.1") + ":"
                + environment.getRequiredProperty("local.server.port")
                + environment.getProperty("server.servlet.context-path", "")
                + "/webhooks/alertmanager");
    }

    /** Read each time: it may have been replaced. */
    @Override
    public String token() throws IOException {
        String token = environment.getProperty("intake.sources.alertmanager.token", "");
        String file = environment.getProperty("intake.sources.alertmanager.token-file", ".data/alertmanager.token");
        return token.isEmpty() ? Files.readString(Path.of(file)).strip() : token;
    }
}
