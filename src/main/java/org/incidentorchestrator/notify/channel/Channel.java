package org.incidentorchestrator.notify.channel;

import java.util.Optional;

/** One way to reach somebody. */
interface Channel {
    /** What an address names it by: {@code mail}, {@code slack}, {@code pagerduty}. */
    String name();

    /** Whether its settings say that it is used. */
    boolean configured();

    /** Why nothing can be sent to this address, as a sentence with what to set; none when it can. */
    Optional<String> refusal(String to);

    /** What fails together: the server behind these addresses. */
    String circuit(String to);

    /** Sends to an address that is not refused, with bounded calls. */
    Delivery send(String to, Message message);
}
