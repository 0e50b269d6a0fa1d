package org.incidentorchestrator.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The turns that a pod's life has taken since it was made: what its status is at any time follows from them.
 *
 * @param told up to when events have been written about it
 */
record Life(List<Turn> turns, Instant told) {
    Life {
        turns = List.copyOf(turns);
    }

    record Turn(Instant at, Fate fate) {}

    static Life begun(Instant born, Fate fate) {
        return new Life(List.of(new Turn(born, fate)), born.minusSeconds(1));
    }

    Fate fate() {
        return latest().fate();
    }

    /** A second turn within the same second takes the first one's place. */
    Life turned(Instant at, Fate fate) {
        List<Turn> more = new ArrayList<>(turns);
        if (latest().at().equals(at)) {
            more.remove(more.size() - 1);
        }
        more.add(new Turn(at, fate));
        return new Life(more, told);
    }

    Life toldUntil(Instant moment) {
        return new Life(turns, moment);
    }

    private Turn latest() {
        return turns.get(turns.size() - 1);
    }
}
