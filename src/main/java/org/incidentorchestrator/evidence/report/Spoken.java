package org.incidentorchestrator.evidence.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.incidentorchestrator.evidence.Entry;

/** Times and words as people read them; all times are UTC. */
final class Spoken {
    private static final DateTimeFormatter MOMENT = pattern("yyyy-MM-dd HH:mm:ss 'UTC'");
    private static final DateTimeFormatter CLOCK = pattern("HH:mm:ss");
    private static final DateTimeFormatter DAY_AND_CLOCK = pattern("yyyy-MM-dd HH:mm:ss");

    private Spoken() {}

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** {@code 2026-01-02 03:04:05 UTC} */
    static String moment(Instant at) {
        return MOMENT.format(at);
    }

    /** {@code 03:04:05}, with the day where it is not that of the beginning. */
    static String clock(Instant at, Instant began) {
        boolean sameDay = at.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .equals(began.atOffset(ZoneOffset.UTC).toLocalDate());
        return (sameDay ? CLOCK : DAY_AND_CLOCK).format(at);
    }

    /** {@code +1:02:03} */
    static String since(Instant began, Instant at) {
        Duration passed = Duration.between(began, at);
        return (passed.isNegative() ? "-" : "+") + hours(passed.abs());
    }

    /** {@code 1:02:03} */
    static String hours(Duration length) {
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", length.toHours(), length.toMinutesPart(), length.toSecondsPart());
    }

    /** {@code 3 min 5 s}, {@code 2 h 10 min} */
    static String length(Instant began, Instant at) {
        Duration passed = Duration.between(began, at);
        if (passed.compareTo(Duration.ofMinutes(1)) < 0) {
            return passed.toSeconds() + " s";
        }
        return passed.compareTo(Duration.ofHours(1)) < 0
                ? passed.toMinutes() + " min " + passed.toSecondsPart() + " s"
                : passed.toHours() + " h " + passed.toMinutesPart() + " min";
    }

    /** {@code RESOLVED_BY_RUNBOOK} as {@code resolved by runbook}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A user id as it is, and the program itself by that word. */
    static String who(String actor) {
        return actor == null || actor.equals(Entry.SELF) ? "the program" : Markdown.text(actor);
    }

    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** With the sign that ends a sentence, once. */
    static String sentence(String text) {
        String stripped = text.strip();
        return stripped.endsWith(".") || stripped.endsWith("?") || stripped.endsWith("!") ? stripped : stripped + ".";
    }
}
