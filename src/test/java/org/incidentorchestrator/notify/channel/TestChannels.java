package org.incidentorchestrator.notify.channel;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Channels as settings make them. */
public final class TestChannels {
    private TestChannels() {}

    /** @param settings by their full names, {@code notify.mail.host} */
    public static Channels of(Map<String, String> settings, Clock clock) {
        return new Channels(
                List.of(
                        new Mail(bind("notify.mail", MailSettings.class, settings)),
                        new Slack(bind("notify.slack", SlackSettings.class, settings)),
                        new PagerDuty(bind("notify.pagerduty", PagerDutySettings.class, settings))),
                clock);
    }

    public static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
    }
}
