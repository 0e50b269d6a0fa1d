package org.incidentorchestrator.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Alert.Episode;
import org.incidentorchestrator.incident.Episodes;
import org.incidentorchestrator.incident.Episodes.Burning;
import org.incidentorchestrator.incident.Episodes.Kept;
import org.incidentorchestrator.intake.Heartbeats.Heartbeat;
import org.incidentorchestrator.intake.Listing.Listed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks Alertmanager what fires, and writes what differs from what is kept here into the inbox, as a message like a
 * webhook's. Everything after that is the same: the same worker, the same rules, one transaction per key, safe to repeat
 * and safe on two programs of one database. A look that finds no difference writes nothing.
 *
 * <p>Webhooks alone are not enough: Alertmanager leaves alerts out of long messages, says nothing more of a group once
 * it was answered, and sends no resolve of what it silences, inhibits or forgets.
 *
 * <p><b>Opened</b> is what is active for one of our receivers and not known here. What is silenced or inhibited is not:
 * somebody has decided that nobody is to be told. What began less than {@code look-every} ago is left to its own
 * message, which waits for its group, so that inhibitions take hold first; but not when the look was asked for by a
 * message that left alerts out. What fires here but belongs to an incident that was closed is left to Alertmanager's
 * repeat.
 *
 * <p><b>Gone</b> is what fires in an open incident and is not listed, under whatever receiver and in whatever state: a
 * silenced alert is one that still fires, and so is one that is routed elsewhere now. Not being listed is weak: an
 * Alertmanager that has restarted has forgotten every alert until Prometheus sends it again, and one that Prometheus
 * does not reach lets them expire. So a list counts for this only when
 * <ul>
 *   <li>Alertmanager has been up for {@code trust-after},
 *   <li>and it lists each heartbeat that comes from it, as far as any ever came: these come the same way;
 * </ul>
 * and an alert is gone only when
 * <ul>
 *   <li>two such looks in succession, at least {@code look-every} apart, miss it (a look that fails or does not count
 *       begins this anew),
 *   <li>and nothing was heard of it since the first of them; what is heard between the look and its work counts too,
 *       see {@link KeyHistory}.
 * </ul>
 */
@Component
final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final int PER_MESSAGE = 500;

    private final Optional<AlertmanagerApi> api;
    private final ReconcileSettings settings;
    private final IntakeSettings intake;
    private final AlertmanagerMessage messages;
    private final Episodes episodes;
    private final Heartbeats heartbeats;
    private final News news;
    private final InboxWriter inbox;
    private final Clock clock;
    private final Absences absences;
    private volatile Instant lastLook;
    private boolean failing;

    Reconciliation(
            ReconcileSettings settings,
            IntakeSettings intake,
            AlertKeys keys,
            Episodes episodes,
            Heartbeats heartbeats,
            News news,
            InboxWriter inbox,
            Clock clock) {
        this.api = settings.asked().map(url -> new AlertmanagerApi(settings, clock));
        this.settings = settings;
        this.intake = intake;
        this.messages = new AlertmanagerMessage(AlertmanagerSource.NAME, keys);
        this.episodes = episodes;
        this.heartbeats = heartbeats;
        this.news = news;
        this.inbox = inbox;
        this.clock = clock;
        this.absences = new Absences(settings.lookEvery());
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
            reconcile(api.get().list(), leftOut);
            lastLook = clock.instant();
            if (failing) {
                LOG.info(
                        "Alertmanager at {} answers again what fires", api.get().url());
            }
            failing = false;
        } catch (LookFailed e) {
            absences.forget();
            if (!failing) {
                LOG.warn(
                        "It is not known whether a message was missed: {}. Asked again every {} s",
                        e.getMessage(),
                        settings.lookEvery().toSeconds());
            }
            failing = true;
        }
    }

    void reconcile(Listing listing, boolean leftOut) {
        List<Burning> burning = episodes.burning(AlertmanagerSource.NAME);
        List<Difference> differences = Stream.concat(
                        unknown(listing, burning, leftOut).stream(), gone(listing, burning).stream())
                .toList();
        Set<Alert> changing =
                news.of(differences.stream().map(Difference::alert).toList(), listing.at());
        store(
                listing.at(),
                differences.stream()
                        .filter(one -> changing.contains(one.alert()))
                        .toList());
    }

    private List<Difference> unknown(Listing listing, List<Burning> burning, boolean leftOut) {
        Set<Episode> open = episodesOf(burning.stream().map(Burning::kept).toList());
        List<Difference> firing = listing.alerts().stream()
                .filter(this::isForUs)
                .flatMap(listed -> Difference.firing(listed, messages).stream())
                .filter(one -> !open.contains(one.alert().episode()))
                .filter(one -> leftOut || !isYoung(one.alert(), listing))
                .toList();
        Set<Episode> known =
                episodesOf(episodes
                        .find(firing.stream()
                                .map(one -> one.alert().fingerprint())
                                .toList())
                        .stream()
                        .filter(kept -> kept.status() == Alert.Status.FIRING)
                        .toList());
        return firing.stream()
                .filter(one -> !known.contains(one.alert().episode()))
                .toList();
    }

    private boolean isForUs(Listed listed) {
        return listed.active() && !Collections.disjoint(listed.receivers(), settings.receivers());
    }

    private boolean isYoung(Alert alert, Listing listing) {
        return alert.startsAt().plus(settings.lookEvery()).isAfter(listing.at());
    }

    private static Set<Episode> episodesOf(Collection<Kept> kept) {
        return kept.stream().map(Kept::episode).collect(Collectors.toSet());
    }

    private List<Difference> gone(Listing listing, List<Burning> burning) {
        Optional<String> doubt = doubt(listing);
        if (doubt.isPresent()) {
            LOG.debug("What Alertmanager does not list is not taken for over: {}", doubt.get());
            absences.forget();
            return List.of();
        }
        Set<String> listed = listing.fingerprints();
        List<Burning> missing = burning.stream()
                .filter(alert -> !listed.contains(alert.kept().episode().fingerprint()))
                .toList();
        return absences.believed(missing, listing.at()).stream()
                .flatMap(alert -> Difference.gone(alert, messages).stream())
                .toList();
    }

    /** Why a list may lack what fires. */
    private Optional<String> doubt(Listing listing) {
        if (listing.up().compareTo(settings.trustAfter()) < 0) {
            return Optional.of("it has been up for " + listing.up() + " only");
        }
        Set<String> names = listing.names();
        return heartbeats.all().stream()
                .filter(heartbeat -> heartbeat.source().equals(AlertmanagerSource.NAME))
                .filter(heartbeat -> heartbeat.lastSeenAt().isPresent())
                .map(Heartbeat::name)
                .filter(name -> intake.heartbeats().contains(name) && !names.contains(name))
                .findFirst()
                .map(name -> "it does not list the heartbeat " + name + " either");
    }

    private void store(Instant at, List<Difference> differences) {
        for (int from = 0; from < differences.size(); from += PER_MESSAGE) {
            List<Difference> some = differences.subList(from, Math.min(differences.size(), from + PER_MESSAGE));
            long id = inbox.store(AlertmanagerSource.NAME, message(at, some), at);
            LOG.info(
                    "Alertmanager lists {} alerts that are not known here, and {} not that are kept as firing: inbox/{}",
                    some.stream().filter(one -> !one.alert().status().isOver()).count(),
                    some.stream().filter(one -> one.alert().status().isOver()).count(),
                    id);
        }
    }

    private static byte[] message(Instant at, List<Difference> differences) {
        ObjectNode message =
                JsonNodeFactory.instance.objectNode().put("version", "4").put("lookedAt", at.toString());
        var alerts = message.putArray("alerts");
        differences.forEach(one -> alerts.add(one.entry()));
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }
}
