package org.incidentorchestrator.intake;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Alert.Episode;
import org.incidentorchestrator.incident.Episodes.Kept;
import org.incidentorchestrator.incident.IncidentNumber;

/** An episode while alerts about it are worked on: as it is kept, and how that changes. */
final class KnownEpisode {
    private final Episode episode;
    private final Instant firstSeenAt;
    private final Alert alert;
    private final Optional<IncidentNumber> keptWith;
    private boolean ours;
    private Alert.Status status;
    private Instant lastSeenAt;
    private boolean changed;

    private KnownEpisode(Kept kept, Alert alert, boolean ours) {
        this.episode = kept.episode();
        this.firstSeenAt = kept.firstSeenAt();
        this.alert = alert;
        this.keptWith = kept.incident();
        this.ours = ours;
        this.status = kept.status();
        this.lastSeenAt = kept.lastSeenAt();
    }

    /** @param ours that it belongs to the incident that its key is about now */
    static KnownEpisode kept(Kept kept, boolean ours) {
        return new KnownEpisode(kept, null, ours);
    }

    static KnownEpisode seenFirst(Alert alert, Instant at, Alert.Status status) {
        return new KnownEpisode(new Kept(alert.episode(), Optional.empty(), status, at, at), alert, false);
    }

    Episode episode() {
        return episode;
    }

    /** What a new row is written from; null when there is a row already. */
    Alert alert() {
        return alert;
    }

    boolean isOurs() {
        return ours;
    }

    boolean isFiring() {
        return status == Alert.Status.FIRING;
    }

    boolean isGone() {
        return status == Alert.Status.GONE;
    }

    boolean isNew() {
        return alert != null;
    }

    boolean isChanged() {
        return changed;
    }

    Instant lastSeenAt() {
        return lastSeenAt;
    }

    /** What starts are compared by. A start in the future would outrank each real one that follows. */
    Instant order() {
        return order(episode.startsAt(), firstSeenAt);
    }

    static Instant order(Instant startsAt, Instant arrived) {
        return startsAt.isAfter(arrived) ? arrived : startsAt;
    }

    void seen(Instant at) {
        lastSeenAt = at.isAfter(lastSeenAt) ? at : lastSeenAt;
        changed = true;
    }

    void fire(Instant at) {
        status = Alert.Status.FIRING;
        ours = true;
        seen(at);
    }

    /** @param how RESOLVED or GONE */
    void end(Alert.Status how, Instant at) {
        status = how;
        seen(at);
    }

    /** A new incident is opened for the key: this belongs to an earlier one. */
    void leaveToItsOwnIncident() {
        ours = false;
    }

    Kept toKeep(Optional<IncidentNumber> ourNumber) {
        return new Kept(episode, ours ? ourNumber : keptWith, status, firstSeenAt, lastSeenAt);
    }
}
