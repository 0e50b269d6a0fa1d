package org.incidentorchestrator.notify.channel;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Mail over SMTP. */
@Component
final class Mail implements Channel {
    private final MailSettings settings;

    Mail(MailSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public boolean configured() {
        return !settings.host().isEmpty();
    }

    @Override
    public Optional<String> refusal(String to) {
        if (!configured()) {
            return Optional.of("mail is not set up; name the mail server with notify.mail.host");
        }
        return MailSettings.isAddress(to)
                ? Optional.empty()
                : Optional.of("'" + to + "' is no mail address; write it as alice@example.org");
    }
}
