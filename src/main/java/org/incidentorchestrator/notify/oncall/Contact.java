package org.incidentorchestrator.notify.oncall;

import java.util.List;
import java.util.Optional;

/**
 * A person or a group that can be reached.
 *
 * @param name as people know it; unique
 * @param user the id of the account whose word it is when this contact acknowledges; none for a group's mailbox
 * @param addresses in the order in which they are tried
 */
public record Contact(String name, Optional<String> user, List<Address> addresses) {
    public Contact {
        addresses = List.copyOf(addresses);
    }

    /**
     * @param channel {@code mail}, {@code slack}, {@code pagerduty}
     * @param to what the channel takes: a mail address, the name of a webhook, the name of an integration
     */
    public record Address(String channel, String to) {}
}
