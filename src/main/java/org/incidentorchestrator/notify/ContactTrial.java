package org.incidentorchestrator.notify;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.notify.channel.Channels;
import org.incidentorchestrator.notify.channel.Delivery;
import org.incidentorchestrator.notify.channel.Message;
import org.incidentorchestrator.notify.channel.PagerEvent;
import org.incidentorchestrator.notify.channel.PagerEvent.Action;
import org.incidentorchestrator.notify.oncall.Contact;
import org.incidentorchestrator.notify.oncall.Contact.Address;
import org.springframework.stereotype.Component;

/** Sends a test to each address of a contact, at once, and says what came of it. What it triggers at a pager it resolves. */
@Component
public class ContactTrial {
    private final Channels channels;
    private final Links links;
    private final EvidenceLog evidence;
    private final Clock clock;

    ContactTrial(Channels channels, Links links, EvidenceLog evidence, Clock clock) {
        this.channels = channels;
        this.links = links;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** @param refused why it was not sent; empty when it was */
    public record Result(Address address, Optional<String> refused) {}

    /** @param by who tries it */
    public List<Result> of(Contact contact, String by) {
        List<Result> results = new ArrayList<>();
        for (Address address : contact.addresses()) {
            results.add(new Result(address, tried(address, by)));
        }
        evidence.append(new Entry(
                Entry.Kind.NOTE,
                Optional.empty(),
                by,
                "",
                "%s has sent a test to %s: %d of %d addresses took it"
                        .formatted(
                                by,
                                contact.name(),
                                results.stream()
                                        .filter(one -> one.refused().isEmpty())
                                        .count(),
                                results.size()),
                Map.of("contact", contact.name())));
        return results;
    }

    private Optional<String> tried(Address address, String by) {
        Optional<String> refused = why(channels.send(address.channel(), address.to(), test(Action.TRIGGER, by)));
        if (refused.isEmpty() && address.channel().equals("pagerduty")) {
            return why(channels.send(address.channel(), address.to(), test(Action.RESOLVE, by)));
        }
        return refused;
    }

    private Message test(Action action, String by) {
        String id = "test-" + clock.instant().toEpochMilli();
        return new Message(
                id,
                id,
                "Test: no incident",
                by + " tries whether you can be reached. There is nothing to do.",
                Map.of(),
                links.task(Optional.empty()),
                Optional.empty(),
                new PagerEvent(
                        action,
                        "incident-orchestrator:" + links.installation() + "/test/" + by,
                        Severity.INFO,
                        clock.instant(),
                        links.installation(),
                        "",
                        "",
                        ""));
    }

    private static Optional<String> why(Delivery delivery) {
        if (delivery instanceof Delivery.Failed failed) {
            return Optional.of(failed.why());
        }
        if (delivery instanceof Delivery.Refused refused) {
            return Optional.of(refused.why());
        }
        return delivery instanceof Delivery.LeftAlone alone ? Optional.of(alone.why()) : Optional.empty();
    }
}
