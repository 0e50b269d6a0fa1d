package org.incidentorchestrator.notify.channel;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** A pager that is told by PagerDuty's Events API v2. */
@Component
final class PagerDuty implements Channel {
    private final PagerDutySettings settings;

    PagerDuty(PagerDutySettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    public boolean configured() {
        return !settings.integrationKeyFiles().isEmpty();
    }

    @Override
    public Optional<String> refusal(String to) {
        return settings.integrationKeyFiles().containsKey(to)
                ? Optional.empty()
                : Optional.of("there is no integration '" + to + "' among "
                        + settings.integrationKeyFiles().keySet() + "; name the file with its key with"
                        + " notify.pagerduty.integration-key-files." + to);
    }
}
