package org.incidentorchestrator.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The phases of a pod's container, as they follow from its {@link Life}: computed, never stored. Back-off as the
 * kubelet has it: 10 s, doubled up to 5 min.
 */
final class Timeline {
    static final Duration STARTS_IN = Duration.ofSeconds(1);
    static final Duration READY_IN = Duration.ofSeconds(2);
    static final Duration DIES_IN = Duration.ofSeconds(2);
    /** How long a container that leaks takes to fill its limit. */
    static final Duration FILLS_IN = Duration.ofMinutes(20);

    static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(300);

    private final boolean probed;
    private final Instant horizon;
    private final List<Phase> phases = new ArrayList<>();

    private Timeline(boolean probed, Instant horizon) {
        this.probed = probed;
        this.horizon = horizon;
    }

    /** @param probed whether readiness is asked of the container; @param horizon up to where phases are of interest */
    static Timeline of(Life life, boolean probed, Instant horizon) {
        Timeline timeline = new Timeline(probed, horizon);
        timeline.phases.add(Phase.creating(life.turns().get(0).at()));
        for (int i = 0; i < life.turns().size(); i++) {
            boolean latest = i + 1 == life.turns().size();
            timeline.live(
                    life.turns().get(i),
                    latest ? Instant.MAX : life.turns().get(i + 1).at());
        }
        return timeline;
    }

    Phase at(Instant moment) {
        List<Phase> begun = until(moment);
        return begun.get(begun.size() - 1);
    }

    /** What has begun by then, oldest first; the first phase always. */
    List<Phase> until(Instant moment) {
        return phases.stream()
                .filter(phase -> phase == phases.get(0) || !phase.from().isAfter(moment))
                .toList();
    }

    Optional<Instant> nextAfter(Instant moment) {
        return phases.stream().map(Phase::from).filter(moment::isBefore).findFirst();
    }

    /** Since when it is as ready, or as unready, as it is at that moment. */
    Instant readinessSince(Instant moment) {
        Phase since = phases.get(0);
        for (Phase phase : until(moment)) {
            since = phase.ready() == since.ready() ? since : phase;
        }
        return since.from();
    }

    private Phase last() {
        return phases.get(phases.size() - 1);
    }

    private void live(Life.Turn turn, Instant end) {
        switch (turn.fate()) {
            case HEALTHY -> becomeReady(turn.at(), end);
            case SERVES_NOTHING -> stayUnready(turn.at(), end);
            case CRASHES, RUNS_OUT_OF_MEMORY -> crash(turn, end);
            case LEAKS_MEMORY -> leak(turn.at(), end);
            case IMAGE_MISSING -> missImage(turn.at(), end);
        }
    }

    /** It runs long enough for the kubelet to forget the back-off. */
    private void leak(Instant from, Instant end) {
        becomeReady(from, end);
        Instant full = later(from, last().from()).plus(FILLS_IN);
        boolean goesOn = last().running();
        while (goesOn) {
            Instant starts = full.plus(FIRST_BACK_OFF);
            goesOn = add(last().dies(full, Fate.RUNS_OUT_OF_MEMORY, FIRST_BACK_OFF), end)
                    && add(last().starts(starts), end)
                    && add(last().becomes(probed ? starts.plus(READY_IN) : starts, true), end);
            full = starts.plus(FILLS_IN);
        }
    }

    private void becomeReady(Instant from, Instant end) {
        if (start(from, end) && !last().ready()) {
            Instant since = later(last().from(), from);
            add(last().becomes(probed ? since.plus(READY_IN) : since, true), end);
        }
    }

    private void stayUnready(Instant from, Instant end) {
        if (start(from, end) && last().ready()) {
            add(last().becomes(from, false), end);
        }
    }

    private void missImage(Instant from, Instant end) {
        Instant asked = from.plus(STARTS_IN);
        if (add(last().waits(asked, "ErrImagePull"), end)) {
            add(last().waits(asked.plus(STARTS_IN), "ImagePullBackOff"), end);
        }
    }

    private void crash(Life.Turn turn, Instant end) {
        boolean struck = last().running();
        boolean runs = start(turn.at(), end);
        Instant dies = struck ? turn.at() : last().from().plus(DIES_IN);
        Duration backOff = FIRST_BACK_OFF;
        while (runs) {
            Instant starts = dies.plus(backOff);
            runs = add(last().dies(dies, turn.fate(), backOff), end) && add(last().starts(starts), end);
            dies = starts.plus(DIES_IN);
            if (backOff.equals(LONGEST_BACK_OFF) && runs) {
                dies = dies.plus(leaveOutCycles(end));
            }
            backOff = backOff.compareTo(LONGEST_BACK_OFF.dividedBy(2)) < 0 ? backOff.multipliedBy(2) : LONGEST_BACK_OFF;
        }
    }

    /** A pod that has crashed for a year costs no more than one of today: cycles that are long past are left out. */
    private Duration leaveOutCycles(Instant end) {
        Duration cycle = LONGEST_BACK_OFF.plus(DIES_IN);
        Instant past = (end.isBefore(horizon) ? end : horizon).minus(cycle.multipliedBy(3));
        Instant now = last().from();
        int cycles = now.isBefore(past) ? (int) Duration.between(now, past).dividedBy(cycle) : 0;
        Duration skipped = cycle.multipliedBy(cycles);
        phases.add(phases.remove(phases.size() - 1).later(skipped, cycles));
        return skipped;
    }

    private boolean start(Instant from, Instant end) {
        return last().running() || add(last().starts(from.plus(STARTS_IN)), end);
    }

    /** @return whether there is more to come */
    private boolean add(Phase phase, Instant end) {
        boolean goesOn = phase.from().isBefore(end) && !last().from().isAfter(horizon);
        if (goesOn) {
            phases.add(phase);
        }
        return goesOn;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
