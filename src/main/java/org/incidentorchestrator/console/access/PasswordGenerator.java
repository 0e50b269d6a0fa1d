package org.incidentorchestrator.console.access;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Makes passwords that the engine's policy takes: upper, lower, digit, special, and not the user's id in it. Without
 * characters that look alike, because people type them once. 20 of 60 characters: 118 bits.
 */
final class PasswordGenerator {
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijkmnpqrstuvwxyz";
    private static final String DIGITS = "23456789";
    private static final String SPECIAL = "-+=.";
    private static final int LENGTH = 20;

    private final RandomGenerator random;

    PasswordGenerator(RandomGenerator random) {
        this.random = random;
    }

    String next(String userId) {
        String candidate;
        do {
            candidate = random.ints(LENGTH, 0, all().length())
                    .mapToObj(all()::charAt)
                    .map(String::valueOf)
                    .collect(Collectors.joining());
        } while (!fits(candidate, userId));
        return candidate;
    }

    private static String all() {
        return UPPER + LOWER + DIGITS + SPECIAL;
    }

    private static boolean fits(String candidate, String userId) {
        return hasOneOf(UPPER, candidate)
                && hasOneOf(LOWER, candidate)
                && hasOneOf(DIGITS, candidate)
                && hasOneOf(SPECIAL, candidate)
                && !candidate.toUpperCase(Locale.ROOT).contains(userId.toUpperCase(Locale.ROOT));
    }

    private static boolean hasOneOf(String characters, String candidate) {
        return candidate.chars().anyMatch(character -> characters.indexOf(character) >= 0);
    }
}
