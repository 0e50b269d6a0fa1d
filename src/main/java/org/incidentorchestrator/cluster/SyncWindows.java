package org.incidentorchestrator.cluster;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.scheduling.support.CronExpression;

/**
 * The times at which a project of Argo CD (AppProject, spec.syncWindows) allows or denies syncs. Argo CD takes a request
 * at any time, and then leaves it waiting for as long as the window lasts.
 */
public record SyncWindows(KubernetesObject project) {
    private static final Pattern DURATION = Pattern.compile("(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6})s)?");

    /**
     * Why an application may not be synced by hand now: a window that denies it is open, or none of those that allow it
     * is. Empty when it may. A window whose times cannot be read is taken for one that is not open.
     */
    public Optional<String> denial(ApplicationView application, Instant now) {
        List<KubernetesObject> windows = project.items("/spec/syncWindows").stream()
                .filter(window -> concerns(window, application.object()))
                .toList();
        Optional<KubernetesObject> denying = of("deny", windows)
                .filter(window -> open(window, now) && !window.flag("/manualSync"))
                .findFirst();
        if (denying.isPresent()) {
            return denying.map(window -> "the window " + text(window) + " denies syncs now");
        }
        boolean denied = of("deny", windows).anyMatch(window -> open(window, now));
        List<KubernetesObject> allowing = of("allow", windows).toList();
        boolean allowed = denied
                || allowing.isEmpty()
                || allowing.stream().anyMatch(window -> open(window, now) || window.flag("/manualSync"));
        return allowed
                ? Optional.empty()
                : Optional.of("none of the windows that allow syncs is open: " + text(allowing.get(0)));
    }

    private static Stream<KubernetesObject> of(String kind, List<KubernetesObject> windows) {
        return windows.stream().filter(window -> window.text("/kind", "").equals(kind));
    }

    private static boolean concerns(KubernetesObject window, KubernetesObject app) {
        return matches(window, "/applications", app.name())
                || matches(window, "/namespaces", app.text("/spec/destination/namespace", ""))
                || matches(window, "/clusters", app.text("/spec/destination/server", ""))
                || matches(window, "/clusters", app.text("/spec/destination/name", ""));
    }

    private static boolean matches(KubernetesObject window, String list, String name) {
        return !name.isEmpty()
                && window.items(list).stream()
                        .map(glob -> glob.text("", ""))
                        .anyMatch(glob -> name.matches(regex(glob)));
    }

    private static String regex(String glob) {
        return Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    }

    /** Whether it began within its duration before now. */
    private static boolean open(KubernetesObject window, Instant now) {
        try {
            ZoneId zone = ZoneId.of(window.text("/timeZone", "UTC"));
            CronExpression schedule = CronExpression.parse("0 " + window.text("/schedule", ""));
            ZonedDateTime since = now.atZone(zone).minus(duration(window.text("/duration", "")));
            ZonedDateTime begins = schedule.next(since);
            return begins != null && !begins.toInstant().isAfter(now);
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** As Go writes it: {@code 1h30m}. */
    private static Duration duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("no duration: " + text);
        }
        return Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3)));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String text(KubernetesObject window) {
        return "'" + window.text("/schedule", "") + "' for " + window.text("/duration", "?") + " ("
                + window.text("/timeZone", "UTC") + ")";
    }
}
