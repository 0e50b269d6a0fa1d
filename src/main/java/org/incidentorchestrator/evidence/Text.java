package org.incidentorchestrator.evidence;

/** Text from outside, made fit for one line of a log and one column of a table. */
public final class Text {
    private Text() {}

    /** On one line, without control and direction characters, at most {@code max} characters; the cut shows as {@code …}. */
    public static String line(String text, int max) {
        return cut(clean(text).strip(), max);
    }

    /** The same of a line of code, whose indentation says something. */
    public static String lineOfCode(String text, int max) {
        return cut(clean(text), max);
    }

    private static String clean(String text) {
        return text.codePoints()
                .map(c -> disturbs(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Cuts between characters, never inside of one that takes two places. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }

    private static boolean disturbs(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
