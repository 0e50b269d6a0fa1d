package org.incidentorchestrator.intake;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes text from outside harmless for logs, databases and screens: one line, no control characters, no characters that
 * turn the reading direction of what follows, no halves of surrogate pairs, bounded. Emoji, scripts and
 * <code>${…}</code> stay as they are: nobody evaluates them.
 */
final class CleanText {
    static final int LABELS = 64;
    static final int LABEL = 256;
    static final int SUMMARY = 1000;
    /** What all names and values together may have; with each character escaped it still fits its column. */
    private static final int ALL = 15_000;

    private CleanText() {}

    static String line(String text, int max) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
        for (int at = 0; at < text.length() && clean.length() < max; ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            int kept = harmless(point);
            if (clean.length() + Character.charCount(kept) > max) {
                break;
            }
            clean.appendCodePoint(kept);
        }
        return clean.toString().strip();
    }

    /** At most so many entries, each name and value as {@link #line}; those that come first stay. */
    static Map<String, String> map(Map<String, String> texts, int maxValue) {
        Map<String, String> clean = new LinkedHashMap<>();
        int size = 0;
        for (var text : texts.entrySet()) {
            String name = line(text.getKey(), LABEL);
            String value = line(text.getValue(), maxValue);
            size += name.length() + value.length();
            if (clean.size() == LABELS || size > ALL) {
                break;
            }
            clean.put(name, value);
        }
        return clean;
    }

    private static int harmless(int point) {
        if (Character.isISOControl(point) || turnsDirection(point)) {
            return ' ';
        }
        return switch (Character.getType(point)) {
            case Character.SURROGATE -> 0xFFFD;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            default -> point;
        };
    }

    /** Unicode's explicit marks, embeddings, overrides and isolates (UAX #9). */
    private static boolean turnsDirection(int point) {
        return point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || point >= 0x202A && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069;
    }
}
