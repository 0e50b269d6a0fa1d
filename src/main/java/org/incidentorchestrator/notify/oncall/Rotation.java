package org.incidentorchestrator.notify.oncall;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A week each, in order, over and over: exactly one person at any time, before the start too. An override stands over
 * whoever's week it is.
 *
 * @param start when the first of the people begins: a day of the hand-over
 * @param overrides none of which overlaps another
 */
record Rotation(LocalDate start, HandOver handOver, List<Contact> people, List<Override> overrides) {
    Rotation {
        people = List.copyOf(people);
        overrides = List.copyOf(overrides);
    }

    /** Somebody instead of whoever's week it is. @param until is not a part of it */
    record Override(Contact who, Instant from, Instant until) {
        boolean covers(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(until);
        }

        boolean overlaps(Override other) {
            return from.isBefore(other.until) && other.from.isBefore(until);
        }
    }

    Duty at(Instant instant) {
        Contact now = who(instant);
        Instant change = instant;
        // After so many hand-overs everybody has had a turn and every override is over.
        for (int turn = 0; turn <= people.size() + 2 * overrides.size(); turn++) {
            change = nextBoundary(change);
            Contact next = who(change);
            if (!next.equals(now)) {
                return new Duty(List.of(now), Optional.of(change), List.of(next));
            }
        }
        return Duty.always(List.of(now));
    }

    private Contact who(Instant instant) {
        return overrides.stream()
                .filter(override -> override.covers(instant))
                .findFirst()
                .map(Override::who)
                .orElseGet(() -> regularly(instant));
    }

    private Contact regularly(Instant instant) {
        long week = ChronoUnit.WEEKS.between(start, handOver.lastBefore(instant));
        return people.get(Math.floorMod(week, people.size()));
    }

    /** Within an override nothing changes before its end, however many weeks it takes. */
    private Instant nextBoundary(Instant instant) {
        return overrides.stream()
                .filter(override -> override.covers(instant))
                .map(Override::until)
                .findFirst()
                .orElseGet(() -> nextTurn(instant));
    }

    private Instant nextTurn(Instant instant) {
        Instant week = handOver.on(handOver.lastBefore(instant).plusWeeks(1));
        return Stream.concat(Stream.of(week), overrides.stream().map(Override::from))
                .filter(instant::isBefore)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** When a week begins, in the local time of a place: an hour that a clock change leaves out is an hour later. */
    record HandOver(DayOfWeek day, LocalTime time, ZoneId zone) {
        Instant on(LocalDate date) {
            return ZonedDateTime.of(date, time, zone).toInstant();
        }

        /** The day of the last hand-over that is not after this instant. */
        LocalDate lastBefore(Instant instant) {
            // A clock that is set back over midnight shows yesterday's date once more: the search begins a day later.
            LocalDate date = instant.atZone(zone).toLocalDate().plusDays(1).with(TemporalAdjusters.previousOrSame(day));
            while (on(date).isAfter(instant)) {
                date = date.minusWeeks(1);
            }
            return date;
        }
    }
}
