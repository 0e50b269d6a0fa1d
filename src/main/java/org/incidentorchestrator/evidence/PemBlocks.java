package org.incidentorchestrator.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys and certificates between {@code -----BEGIN …-----} and {@code -----END …-----} (RFC 7468), on lines, in a JSON
 * string, indented in YAML, or cut off in the middle by the end of a log.
 */
final class PemBlocks {
    private static final String WHAT = "PEM block";
    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern END = Pattern.compile("-----END [A-Z0-9 ]{1,64}+-----");
    private static final int LONGEST = 65_536;
    /** Of a block without an end: its label, and what looks like Base64 after it. */
    private static final Pattern CUT_OFF = Pattern.compile(
            "-----BEGIN [A-Z0-9 ]{0,64}+(?:-----(?!BEGIN ))?+(?:[\\s\\\\]{0,64}+[A-Za-z0-9+/=\\\\]{16,}+)*+"
                    + "(?:\\s{0,64}+[A-Za-z0-9+/=]{1,15}+\\s{0,64}+\\z)?+");

    private PemBlocks() {}

    static String redact(String text) {
        var redacted = new StringBuilder(text.length());
        Matcher end = END.matcher(text);
        int endsAt = -1;
        int done = 0;
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int next = text.indexOf(BEGIN, begin + BEGIN.length());
            // An end that lies behind the next beginning is that one's: it is not looked for again.
            if (endsAt < begin) {
                endsAt = end.find(begin) ? end.start() : Integer.MAX_VALUE;
            }
            boolean whole = endsAt < Math.min(begin + LONGEST, next < 0 ? Integer.MAX_VALUE : next);
            int stop = whole ? end.end() : cutOff(text, begin);
            redacted.append(text, done, begin).append(Marker.onEachLine(WHAT, text.substring(begin, stop)));
            done = stop;
            begin = next;
        }
        return redacted.append(text, done, text.length()).toString();
    }

    /** Never reaches the next beginning: what it takes has no dash. */
    private static int cutOff(String text, int begin) {
        Matcher matcher = CUT_OFF.matcher(text).region(begin, text.length());
        return matcher.lookingAt() ? matcher.end() : begin + BEGIN.length();
    }
}
