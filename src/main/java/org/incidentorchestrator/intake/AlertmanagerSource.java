package org.incidentorchestrator.intake;

import org.springframework.stereotype.Component;

/**
 * Prometheus Alertmanager, webhook version 4. It signs nothing: its credential goes into {@code http_config} of the
 * receiver ({@code authorization.credentials_file} or {@code basic_auth}). It repeats a webhook only after a 5xx or a
 * broken connection; any 4xx, 429 too, drops the alert for minutes.
 */
@Component
final class AlertmanagerSource implements AlertSource {
    static final String NAME = "alertmanager";

    private final Credential credential;
    private final AlertmanagerMessage messages;

    AlertmanagerSource(AlertmanagerSettings settings, AlertKeys keys) {
        this.credential =
                settings.token() == null ? Credential.in(settings.tokenFile()) : Credential.of(settings.token());
        this.messages = new AlertmanagerMessage(name(), keys);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean admits(String authorization) {
        return credential.isProvedBy(authorization);
    }

    @Override
    public Message read(byte[] body) {
        return messages.read(body);
    }
}
