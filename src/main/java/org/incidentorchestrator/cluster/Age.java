package org.incidentorchestrator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long ago, in the few characters that kubectl's AGE column has: {@code 45s}, {@code 7m12s}, {@code 3d4h}. */
public final class Age {
    private Age() {}

    public static String of(Optional<Instant> since, Instant now) {
        return since.map(start -> of(Duration.between(start, now))).orElse("<unknown>");
    }

    static String of(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < 0) {
            return seconds < -1 ? "<invalid>" : "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        long minutes = seconds / 60;
        if (minutes < 180) {
            return minutes + "m";
        }
        return hours(minutes / 60, minutes % 60);
    }

    private static String hours(long hours, long minutes) {
        if (hours < 8) {
            return two(hours, "h", minutes, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (hours < 8 * 24) {
            return two(hours / 24, "d", hours % 24, "h");
        }
        long days = hours / 24;
        if (days < 2 * 365) {
            return days + "d";
        }
        return days < 8 * 365 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return small == 0 ? big + bigUnit : big + bigUnit + small + smallUnit;
    }
}
