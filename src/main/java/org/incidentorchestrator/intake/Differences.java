package org.incidentorchestrator.intake;

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
 * What differs between Alertmanager's list and what is kept here, as far as a list can tell.
 *
 * <p><b>Firing</b> is what is active for one of our receivers and not known here. What is silenced or inhibited is not:
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
 *   <li>and nothing was heard of it since the first of them; what is heard between the look and its work counts too.
 * </ul>
 * One that was taken for gone fires again as soon as it is heard of or listed again: see {@link KeyHistory}.
 */
@Component
final class Differences {
    private static final Logger LOG = LoggerFactory.getLogger(Differences.class);

    private final ReconcileSettings settings;
    private final IntakeSettings intake;
    private final AlertmanagerMessage messages;
    private final Episodes episodes;
    private final Heartbeats heartbeats;
    private final News news;
    private final Absences absences;

    Differences(
            ReconcileSettings settings,
            IntakeSettings intake,
            AlertKeys keys,
            Episodes episodes,
            Heartbeats heartbeats,
            News news) {
        this.settings = settings;
        this.intake = intake;
        this.messages = new AlertmanagerMessage(AlertmanagerSource.NAME, keys);
        this.episodes = episodes;
        this.heartbeats = heartbeats;
        this.news = news;
        this.absences = new Absences(settings.lookEvery());
    }

    /** @param leftOut whether a message has said that it does not hold all alerts */
    List<Difference> of(Listing listing, boolean leftOut) {
        List<Burning> burning = episodes.burning(AlertmanagerSource.NAME);
        List<Difference> all = Stream.concat(
                        firing(listing, burning, leftOut).stream(), gone(listing, burning).stream())
                .toList();
        Set<Alert> changing = news.of(all.stream().map(Difference::alert).toList(), listing.at());
        return all.stream().filter(one -> changing.contains(one.alert())).toList();
    }

    void lookFailed() {
        absences.forget();
    }

    private List<Difference> firing(Listing listing, List<Burning> burning, boolean leftOut) {
        Set<Episode> open = episodesOf(burning.stream().map(Burning::kept).toList());
        List<Difference> firing = listing.alerts().stream()
                .filter(this::isForUs)
                .flatMap(listed -> Difference.firing(listed, messages).stream())
                .filter(one -> !open.contains(one.alert().episode()))
                .filter(one -> leftOut || !isYoung(one.alert(), listing))
                .toList();
        Set<Episode> closed =
                episodesOf(episodes
                        .find(firing.stream()
                                .map(one -> one.alert().fingerprint())
                                .toList())
                        .stream()
                        .filter(kept -> kept.status() == Alert.Status.FIRING)
                        .toList());
        return firing.stream()
                .filter(one -> !closed.contains(one.alert().episode()))
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
            LOG.debug("What Alertmanager does not list is not taken for gone: {}", doubt.get());
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
}
