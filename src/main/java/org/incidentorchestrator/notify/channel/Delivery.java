package org.incidentorchestrator.notify.channel;

import java.time.Duration;
import java.util.Optional;

/** What came of sending one message. */
public sealed interface Delivery {
    /** The other side has taken it. */
    record Sent() implements Delivery {}

    /**
     * It may work later. Whether it has arrived is not known when the connection broke.
     *
     * @param why a sentence for people, without secrets
     * @param after how long the other side wants to be left alone
     */
    record Failed(String why, Optional<Duration> after) implements Delivery {}

    /**
     * It will not work by trying again: the other side knows no such recipient, or does not take such a message.
     *
     * @param why a sentence for people, without secrets
     */
    record Refused(String why) implements Delivery {}

    /**
     * It was not tried, because the server behind the address has failed several times in a row.
     *
     * @param why a sentence for people, without secrets
     */
    record LeftAlone(String why) implements Delivery {}

    static Delivery failed(String why) {
        return new Failed(why, Optional.empty());
    }
}
