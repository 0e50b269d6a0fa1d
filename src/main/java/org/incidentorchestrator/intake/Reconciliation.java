package org.incidentorchestrator.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks Alertmanager what fires, and writes what differs from what is kept here into the inbox, as a message like a
 * webhook's. Everything after that is the same: the same worker, the same rules, one transaction per key, safe to repeat
 * and safe on two programs of one database. A look that finds no difference writes nothing.
 *
 * <p>Webhooks alone are not enough: Alertmanager leaves alerts out of long messages, says nothing more of a group once
 * it was answered, and sends no resolve of what it silences, inhibits or forgets. {@link Differences} says what its
 * list can tell and what it cannot.
 */
@Component
final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final int PER_MESSAGE = 500;

    private final Optional<AlertmanagerApi> api;
    private final ReconcileSettings settings;
    private final Differences differences;
    private final InboxWriter inbox;
    private final Clock clock;
    private volatile Instant lastLook;
    private boolean failing;

    Reconciliation(ReconcileSettings settings, Differences differences, InboxWriter inbox, Clock clock) {
        this.api = settings.asked().map(url -> new AlertmanagerApi(settings, clock));
        this.settings = settings;
        this.differences = differences;
        this.inbox = inbox;
        this.clock = clock;
    }

    boolean isWanted() {
        return api.isPresent();
    }

    /** When it was asked last and has answered; none when it never has. */
    Optional<Instant> lastLook() {
        return Optional.ofNullable(lastLook);
    }

    /** @param leftOut whether a message has said that it does not hold all alerts */
    synchronized void look(boolean leftOut) {
        if (api.isEmpty()) {
            return;
        }
        try {
            Listing listing = api.get().list();
            store(listing.at(), differences.of(listing, leftOut));
            lastLook = clock.instant();
            if (failing) {
                LOG.info(
                        "Alertmanager at {} answers again what fires", api.get().url());
            }
            failing = false;
        } catch (LookFailed e) {
            differences.lookFailed();
            if (!failing) {
                LOG.warn(
                        "It is not known whether a message was missed: {}. Asked again every {} s",
                        e.getMessage(),
                        settings.lookEvery().toSeconds());
            }
            failing = true;
        }
    }

    private void store(Instant at, List<Difference> all) {
        for (int from = 0; from < all.size(); from += PER_MESSAGE) {
            List<Difference> some = all.subList(from, Math.min(all.size(), from + PER_MESSAGE));
            long id = inbox.store(AlertmanagerSource.NAME, message(at, some), at);
            long gone =
                    some.stream().filter(one -> one.alert().status().isOver()).count();
            LOG.info(
                    "Alertmanager's list differs: {} alerts that fire were not known here, {} are gone; stored as inbox/{}",
                    some.size() - gone,
                    gone,
                    id);
        }
    }

    private static byte[] message(Instant at, List<Difference> some) {
        ObjectNode message =
                JsonNodeFactory.instance.objectNode().put("version", "4").put("lookedAt", at.toString());
        ArrayNode alerts = message.putArray("alerts");
        some.forEach(one -> alerts.add(one.entry()));
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }
}
