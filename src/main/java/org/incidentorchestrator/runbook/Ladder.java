package org.incidentorchestrator.runbook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.incidentorchestrator.incident.Incident;

/**
 * Who is paged when for one incident that nobody has (runbook K01–K04): a function of its row alone. All times are
 * absolute, so that an outage of ours makes a page overdue and not later.
 */
public final class Ladder {
    /** The level above L4. */
    public static final int EVERYBODY = 5;

    /** Later than any incident. */
    public static final Instant NEVER = Instant.parse("2999-12-31T00:00:00Z");

    private final EscalationSettings settings;
    private final PagingTime time;
    private final Incident incident;
    private final int last;

    /** @param last the highest level that it reaches by itself */
    Ladder(EscalationSettings settings, PagingTime time, int last, Incident incident) {
        this.settings = settings;
        this.time = time;
        this.incident = incident;
        this.last = Math.max(last, incident.ladderReached());
    }

    /**
     * One page, however many levels were due.
     *
     * @param level the highest that is paged with it and by now
     * @param reached which levels it reaches for the first time since the ladder was armed, the lowest first; none when
     *     it is one again
     * @param told the levels that have to be told
     */
    public record Page(int level, List<Integer> reached, List<Integer> told) {}

    /** @param level who is paged then; the one reached by now, when it is paged (again) */
    public record Due(int level, Instant at) {}

    /** When the level that was reached is paged: at once, but not outside of hours or within maintenance. */
    Instant begins() {
        return time.after(armedAt(), Duration.ZERO);
    }

    /** When a level is due that was not reached before the ladder was armed. */
    public Instant due(int level) {
        int reached = incident.ladderReached();
        return level <= reached || level > last
                ? NEVER
                : time.after(armedAt(), settings.after(level).minus(settings.after(reached)));
    }

    /** When the page is due that follows on the last level, or the one that waits for the hours to begin. */
    Instant everybody() {
        if (incident.pagedAt() == null) {
            return begins();
        }
        if (incident.level() >= last) {
            return again();
        }
        return last == EVERYBODY ? due(EVERYBODY) : time.after(due(last), settings.everybodyAgain());
    }

    /** The page that is next as long as nobody has it. */
    public Due next() {
        if (incident.pagedAt() == null) {
            return new Due(incident.level(), begins());
        }
        return incident.level() >= last
                ? new Due(incident.level(), again())
                : new Due(incident.level() + 1, due(incident.level() + 1));
    }

    /** Those that follow on the one that was paged last, each with its time. */
    public List<Due> following() {
        return IntStream.rangeClosed(incident.level() + 1, last)
                .mapToObj(level -> new Due(level, due(level)))
                .toList();
    }

    /**
     * What has to be paged now: nothing, when another timer's job has paged all that was due, or when it waits on the
     * incident of a common cause.
     *
     * @param fired the level whose timer has fired; it is due, whatever the settings say by now; 0 for none
     */
    public Optional<Page> page(Instant now, int fired) {
        if (incident.waits(now)) {
            return Optional.empty();
        }
        int from = incident.level();
        int to = IntStream.rangeClosed(from + 1, last)
                .filter(level -> level <= fired || !due(level).isAfter(now))
                .max()
                .orElse(from);
        if (incident.pagedAt() == null) {
            return begins().isAfter(now) && to == from ? Optional.empty() : Optional.of(first(from, to));
        }
        if (to > from) {
            return Optional.of(first(from + 1, to));
        }
        return from < last || again().isAfter(now)
                ? Optional.empty()
                : Optional.of(new Page(from, List.of(), loudly(from)));
    }

    private static Page first(int from, int to) {
        return new Page(to, IntStream.rangeClosed(from, to).boxed().toList(), List.of(to));
    }

    /** Everybody who is on this ladder. */
    private static List<Integer> loudly(int level) {
        return level == EVERYBODY || level == 1 ? List.of(level) : List.of(1, level);
    }

    private Instant again() {
        return time.after(incident.pagedAt(), settings.everybodyAgain());
    }

    private Instant armedAt() {
        Instant held = incident.heldUntil();
        return held != null && held.isAfter(incident.ladderArmedAt()) ? held : incident.ladderArmedAt();
    }
}
