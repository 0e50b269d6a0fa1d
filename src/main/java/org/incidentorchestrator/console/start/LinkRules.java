package org.incidentorchestrator.console.start;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/** Links in messages lead back here: as soon as any are sent, it has to be said where that is. */
final class LinkRules {
    private static final String BASE_URL = "notify.base-url";

    private LinkRules() {}

    static Optional<String> fault(ConfigurableEnvironment environment) {
        Binder binder = Binder.get(environment);
        boolean sends = !environment.getProperty("notify.mail.host", "").isEmpty()
                || List.of("notify.slack.webhook-files", "notify.pagerduty.integration-key-files").stream()
                        .anyMatch(files -> binder.bind(files, Bindable.mapOf(String.class, String.class))
                                .map(Map::isEmpty)
                                .map(empty -> !empty)
                                .orElse(false));
        boolean said = binder.bind(BASE_URL, String.class).isBound();
        return sends && !said
                ? Optional.of(BASE_URL + " is not set, and messages with links are to be sent: write how people reach"
                        + " this program, as https://incidents.example.org")
                : Optional.empty();
    }
}
