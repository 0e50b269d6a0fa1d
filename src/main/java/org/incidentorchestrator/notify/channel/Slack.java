package org.incidentorchestrator.notify.channel;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** A chat's incoming webhook. */
@Component
final class Slack implements Channel {
    private final SlackSettings settings;

    Slack(SlackSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public boolean configured() {
        return !settings.webhookFiles().isEmpty();
    }

    @Override
    public Optional<String> refusal(String to) {
        return settings.webhookFiles().containsKey(to)
                ? Optional.empty()
                : Optional.of("there is no webhook '" + to + "' among "
                        + settings.webhookFiles().keySet() + "; name the file with its URL with"
                        + " notify.slack.webhook-files." + to);
    }
}
