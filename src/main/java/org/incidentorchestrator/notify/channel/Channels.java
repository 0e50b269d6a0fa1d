package org.incidentorchestrator.notify.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The channels that messages go out by, by their names. */
@Component
public final class Channels {
    private final Map<String, Channel> channels = new TreeMap<>();

    Channels(List<Channel> channels) {
        channels.forEach(channel -> this.channels.put(channel.name(), channel));
    }

    /** Whether any is set up: while none is, pages are tasks in Tasklist only. */
    public boolean any() {
        return channels.values().stream().anyMatch(Channel::configured);
    }

    /**
     * Why nothing could be sent to an address, as a sentence with what to set; none when it can be.
     *
     * @param channel {@code mail}, {@code slack}, {@code pagerduty}
     * @param to what the channel takes: a mail address, the name of a webhook, the name of an integration
     */
    public Optional<String> refusal(String channel, String to) {
        Channel named = channels.get(channel);
        return named == null
                ? Optional.of("'" + channel + "' is no channel; write one of " + channels.keySet())
                : named.refusal(to);
    }
}
