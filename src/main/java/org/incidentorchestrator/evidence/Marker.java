package org.incidentorchestrator.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands where a secret stood. */
final class Marker {
    private static final Pattern LINE = Pattern.compile("\\S[^\\r\\n]*+");
    private static final Pattern MARKER = Pattern.compile("\\[redacted [A-Za-z ]{1,32}\\]");

    private Marker() {}

    static String of(String what) {
        return "[redacted " + what + "]";
    }

    /** The text with each of its lines replaced, and its line ends and indentation as they were. */
    static String onEachLine(String what, String text) {
        return LINE.matcher(text).replaceAll(Matcher.quoteReplacement(of(what)));
    }

    /** Where the marker that begins at {@code from} ends, or {@code from} if none does. */
    static int skip(String text, int from) {
        Matcher marker = MARKER.matcher(text).region(from, text.length());
        return marker.lookingAt() ? marker.end() : from;
    }
}
