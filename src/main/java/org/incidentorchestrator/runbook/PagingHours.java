package org.incidentorchestrator.runbook;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A clock that stands still outside of its hours, so that nobody's response time runs at night. */
record PagingHours(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) implements PagingTime {
    @Override
    public Instant after(Instant start, Duration time) {
        Duration left = time;
        for (LocalDate day = start.atZone(zone).toLocalDate(); ; day = day.plusDays(1)) {
            Instant begin = later(start, day.atTime(from).atZone(zone).toInstant());
            Duration open = days.contains(day.getDayOfWeek()) ? Duration.between(begin, end(day)) : Duration.ZERO;
            if (left.compareTo(open) < 0) {
                return begin.plus(left);
            }
            left = open.isNegative() ? left : left.minus(open);
        }
    }

    private Instant end(LocalDate day) {
        LocalDate last = until.equals(LocalTime.MIDNIGHT) ? day.plusDays(1) : day;
        return last.atTime(until).atZone(zone).toInstant();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** {@code Mon, Tue 08:00 to 18:00 UTC}. */
    @Override
    public String toString() {
        return days.stream()
                        .sorted(Comparator.naturalOrder())
                        .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                        .collect(Collectors.joining(", "))
                + " %s to %s %s".formatted(from, until, zone);
    }
}
