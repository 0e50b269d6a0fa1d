package org.incidentorchestrator.notify.channel;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The channels that messages go out by, by their names. */
@Component
public final class Channels {
    private final Map<String, Channel> channels = new TreeMap<>();
    private final Circuits circuits;

    Channels(List<Channel> channels, Clock clock) {
        channels.forEach(channel -> this.channels.put(channel.name(), channel));
        this.circuits = new Circuits(clock);
    }

    /** @param since when it did not work for the first time after it had worked @param why a sentence */
    public record Trouble(Instant since, String why) {}

    /** Whether any is set up: while none is, pages are tasks in Tasklist only. */
    public boolean any() {
        return !configured().isEmpty();
    }

    /** The names of those that are set up. */
    public List<String> configured() {
        return channels.values().stream()
                .filter(Channel::configured)
                .map(Channel::name)
                .toList();
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

    /** Sends one message, or says why not; blocks for some tens of seconds at most. */
    public Delivery send(String channel, String to, Message message) {
        Optional<String> refusal = refusal(channel, to);
        if (refusal.isPresent()) {
            return new Delivery.Refused(refusal.get());
        }
        Channel by = channels.get(channel);
        String server = by.circuit(to);
        return circuits.tried(server, () -> sent(by, to, message)).orElseGet(() -> leftAlone(server));
    }

    /** A secret's file may have gone since the start. */
    private static Delivery sent(Channel by, String to, Message message) {
        try {
            return by.send(to, message);
        } catch (IllegalArgumentException unreadable) {
            return Delivery.failed(unreadable.getMessage());
        }
    }

    private Delivery leftAlone(String server) {
        String why = circuits.trouble(server)
                .map(trouble -> "since " + trouble.since() + ": " + trouble.why())
                .orElse("it is being tried");
        return new Delivery.LeftAlone(server + " is left alone for some seconds, because it does not work " + why);
    }

    /** What does not work now, by the server it concerns: {@code mail}, {@code slack/ops}, {@code pagerduty}. */
    public Map<String, Trouble> troubles() {
        Map<String, Trouble> all = new TreeMap<>();
        circuits.troubles().forEach((server, trouble) -> all.put(server, new Trouble(trouble.since(), trouble.why())));
        return all;
    }
}
