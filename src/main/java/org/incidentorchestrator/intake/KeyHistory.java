package org.incidentorchestrator.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Alert.Episode;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Episodes.Kept;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Triage;
import org.incidentorchestrator.incident.Triage.Outcome;

/**
 * What is known of one key, and what each alert makes of it. Decides and writes nothing, so that every order of
 * messages can be tried.
 *
 * <p>Messages come more than once and in any order (an Alertmanager in a cluster repeats what its peer has sent, and may
 * send "firing" after the peer's "resolved"). So an episode that was resolved stays so, one resolved before it was seen
 * firing starts nothing, and of two starts of one alert the later one counts. But an alert that still arrives a good
 * while after its resolve or its incident's closing does fire, and must not be silent for ever. An alert that is "gone"
 * was not sent: its source was asked and does not list it. What arrives after that look is newer, and no late repeat.
 */
final class KeyHistory {
    private final ReopenSettings settings;
    private final Map<String, List<KnownEpisode>> episodes = new HashMap<>();
    private final Set<Episode> firing = new HashSet<>();
    private Incident incident;
    private boolean open;
    private boolean fell;
    private Judged start;

    /** @param incident the open one of the key, else the one closed last, else null */
    KeyHistory(Incident incident, ReopenSettings settings) {
        this.incident = incident;
        this.open = incident != null && incident.open();
        this.settings = settings;
    }

    /** @param fresh that it says something new, which belongs on the record */
    record Judged(Alert alert, Outcome outcome, String reason, boolean fresh) {
        private static final Set<Outcome> NOBODYS = Set.of(Outcome.SUPPRESSED, Outcome.RECORDED);

        /** @param number of the key's incident */
        Triage triage(Optional<IncidentNumber> number) {
            return new Triage(outcome, NOBODYS.contains(outcome) ? null : number.orElse(null), reason);
        }

        Judged noting(String more) {
            return new Judged(alert, outcome, reason + "; " + more, fresh);
        }
    }

    void know(Kept kept) {
        boolean ours = incident != null && kept.incident().equals(Optional.of(incident.number()));
        List<KnownEpisode> same = of(kept.episode().fingerprint());
        if (same.stream().noneMatch(known -> known.episode().equals(kept.episode()))) {
            same.add(KnownEpisode.kept(kept, ours));
            if (ours && kept.status() == Alert.Status.FIRING) {
                firing.add(kept.episode());
            }
        }
    }

    /** @param at when the message arrived, not when it is worked on: a retry must not make it younger */
    Judged apply(Alert alert, Instant at) {
        Judged judged =
                switch (alert.status()) {
                    case FIRING -> applyFiring(alert, at);
                    case RESOLVED -> applyResolved(alert, at);
                    case GONE -> applyGone(alert, at);
                };
        return alert.startsAt().isAfter(at) ? judged.noting("its start lies in the future") : judged;
    }

    private Judged applyFiring(Alert alert, Instant at) {
        Optional<KnownEpisode> known = find(alert);
        if (startedAgainSince(alert, known, at)) {
            add(known, alert, at, Alert.Status.RESOLVED);
            return new Judged(alert, Outcome.SUPPRESSED, "an older start of an alert that has started again", false);
        }
        if (known.isPresent() && isEcho(known.get(), at)) {
            return echo(alert, known.get(), at);
        }
        endOlder(alert, known, at);
        return begin(alert, add(known, alert, at, Alert.Status.FIRING), at);
    }

    /** A repeat that says nothing new, or one that was overtaken by the resolve. */
    private boolean isEcho(KnownEpisode known, Instant at) {
        if (known.isGone()) {
            return !at.isAfter(known.lastSeenAt());
        }
        if (!known.isFiring()) {
            return at.isBefore(known.lastSeenAt().plus(settings.stillFiringAfter()));
        }
        return known.isOurs() && (open || at.isBefore(incident.closedAt().plus(settings.stillFiringAfter())));
    }

    private Judged echo(Alert alert, KnownEpisode known, Instant at) {
        if (!known.isFiring()) {
            return new Judged(alert, Outcome.SUPPRESSED, "it was resolved before: a late repeat", false);
        }
        known.seen(at);
        return new Judged(alert, Outcome.ATTACHED, open ? "a repeat" : "a repeat after the closing", false);
    }

    private Judged begin(Alert alert, KnownEpisode episode, Instant at) {
        Judged judged =
                open ? new Judged(alert, Outcome.ATTACHED, "fires too", true) : starting(alert, episode.isOurs(), at);
        episode.fire(at);
        firing.add(episode.episode());
        if (!open) {
            start = judged;
            open = true;
        }
        return judged;
    }

    private Judged starting(Alert alert, boolean had, Instant at) {
        if (incident != null && had) {
            return new Judged(alert, Outcome.REOPENED, "it still fires after the closing", true);
        }
        if (incident != null && !at.isAfter(incident.closedAt().plus(settings.reopenWindow()))) {
            return new Judged(alert, Outcome.REOPENED, "it came back soon after the closing", true);
        }
        incident = null;
        firing.clear();
        episodes().forEach(KnownEpisode::leaveToItsOwnIncident);
        return new Judged(alert, Outcome.OPENED, "nothing was open for it", true);
    }

    private Judged applyResolved(Alert alert, Instant at) {
        boolean burning = !firing.isEmpty();
        Optional<KnownEpisode> known = find(alert);
        endOlder(alert, known, at);
        boolean fired = known.filter(KnownEpisode::isFiring).isPresent();
        KnownEpisode episode = add(known, alert, at, Alert.Status.RESOLVED);
        episode.end(alert.status(), at);
        firing.remove(episode.episode());
        if (open && burning && firing.isEmpty()) {
            fell = true;
            return new Judged(alert, Outcome.RESOLVED, "the last one that fired", true);
        }
        if (fired) {
            return new Judged(alert, Outcome.ATTACHED, "resolved; still firing: " + firing.size(), true);
        }
        String reason = known.isPresent() ? "a repeat of the resolve" : "resolved before it was seen firing";
        return new Judged(alert, Outcome.SUPPRESSED, reason, false);
    }

    /** A look tells what was true when it was taken: what was heard after that stands. */
    private Judged applyGone(Alert alert, Instant lookedAt) {
        find(alert).filter(KnownEpisode::isGone).ifPresent(gone -> gone.seen(lookedAt));
        Optional<KnownEpisode> known = find(alert).filter(KnownEpisode::isFiring);
        if (known.isEmpty()) {
            return new Judged(alert, Outcome.SUPPRESSED, "it was over before the look", false);
        }
        if (!known.get().lastSeenAt().isBefore(lookedAt)) {
            return new Judged(alert, Outcome.SUPPRESSED, "it was heard of after the look", false);
        }
        return applyResolved(alert, lookedAt);
    }

    /** An alert fires once at a time: when it has started again, what began before is over, said or not. */
    private void endOlder(Alert alert, Optional<KnownEpisode> known, Instant at) {
        Instant order = order(alert, known, at);
        for (KnownEpisode other : of(alert.fingerprint())) {
            if (other.isFiring() && other.order().isBefore(order)) {
                other.end(Alert.Status.RESOLVED, at);
                firing.remove(other.episode());
            }
        }
    }

    private boolean startedAgainSince(Alert alert, Optional<KnownEpisode> known, Instant at) {
        Instant order = order(alert, known, at);
        return of(alert.fingerprint()).stream().anyMatch(other -> other.order().isAfter(order));
    }

    private static Instant order(Alert alert, Optional<KnownEpisode> known, Instant at) {
        return known.map(KnownEpisode::order).orElseGet(() -> KnownEpisode.order(alert.startsAt(), at));
    }

    private KnownEpisode add(Optional<KnownEpisode> known, Alert alert, Instant at, Alert.Status status) {
        return known.orElseGet(() -> {
            KnownEpisode added = KnownEpisode.seenFirst(alert, at, status);
            of(alert.fingerprint()).add(added);
            return added;
        });
    }

    private Optional<KnownEpisode> find(Alert alert) {
        return of(alert.fingerprint()).stream()
                .filter(known -> known.episode().equals(alert.episode()))
                .findFirst();
    }

    private List<KnownEpisode> of(String fingerprint) {
        return episodes.computeIfAbsent(fingerprint, none -> new ArrayList<>());
    }

    /** The alert that an incident has to be opened or reopened for, and which of the two. */
    Optional<Judged> start() {
        return Optional.ofNullable(start);
    }

    /** The incident as it was read: the one to be reopened, or the one that is open; none when one is to be opened. */
    Optional<Incident> incident() {
        return Optional.ofNullable(incident);
    }

    Optional<IncidentNumber> number() {
        return incident().map(Incident::number);
    }

    void started(Incident started) {
        incident = started;
    }

    /** The pager has resolved what fired, nobody had said before that the incident has ended, and it is the pager's to say. */
    boolean ends() {
        boolean ofAlerts = incident == null || incident.endsWithItsAlerts();
        return open && ofAlerts && fell && firing.isEmpty() && ending().isEmpty();
    }

    /** It fires again after the pager's resolve and before the closing: the resolve is taken back. */
    boolean firesAgain() {
        return open
                && !firing.isEmpty()
                && ending().filter(ending -> ending.cause() == Ending.Cause.PAGER_RESOLVED)
                        .isPresent();
    }

    /** What works on it; null when it has just begun. */
    String runbook() {
        return start == null ? incident().map(Incident::runbook).orElse(null) : null;
    }

    private Optional<Ending> ending() {
        return start == null ? incident().map(Incident::ending) : Optional.empty();
    }

    /** Known when an alert was resolved; else those of this work alone. */
    int stillFiring() {
        return firing.size();
    }

    Collection<KnownEpisode> episodes() {
        return episodes.values().stream().flatMap(List::stream).toList();
    }
}
