package org.incidentorchestrator.evidence;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a key's value lies: in quotes (however often they are escaped), in an indented YAML block, to the end of the
 * line after a YAML key or an HTTP header, else up to the next blank. Reads forward only, and back by bounded steps.
 */
record SecretValue(int start, int end) {
    enum Form {
        JSON,
        YAML,
        HEADER,
        TEXT
    }

    private static final String BLANK = " \t";
    private static final String LINE_END = "\r\n";
    private static final String ENDS = BLANK + LINE_END + "\"'`<>";
    /** These end a value only where a blank, an end or another key follows; a password may contain them. */
    private static final String MAY_END = ",;&)]}\\";

    private static final Pattern NEXT_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,64}+[=:]");
    private static final Pattern BLOCK = Pattern.compile("[|>][-+0-9]{0,2}+[ \\t]{0,64}+\\r?+\\n");
    private static final Pattern ARRAY = Pattern.compile("\\[[^\\[\\]{}\\r\\n]{0,4096}+\\]");
    private static final Pattern SCHEME =
            Pattern.compile("(?i)(?:bearer|basic|token|apikey|digest|negotiate)[ \\t]{1,8}+");
    /** Tells nothing secret; the last is how {@code kubectl describe} shows a reference. */
    private static final Pattern HARMLESS =
            Pattern.compile("true|false|null|none|nil|~|<none>|<unset>|<nil>|<set to the key .*+");

    String in(String text) {
        return text.substring(start, end);
    }

    static Optional<SecretValue> find(String text, int from, Form form) {
        int at = skip(text, from, form == Form.JSON ? BLANK + LINE_END : BLANK);
        var block = BLOCK.matcher(text).region(at, text.length());
        if (form == Form.YAML && block.lookingAt()) {
            return block(text, from, block.end());
        }
        if (at == text.length() || "\r\n{".indexOf(text.charAt(at)) >= 0) {
            return Optional.empty();
        }
        int quoted = quote(text, at);
        if (quoted > 0) {
            return of(text, quoted, quoteEnd(text, quoted, quoted - 1 - at));
        }
        if (text.charAt(at) == '[' && Marker.skip(text, at) == at) {
            var array = ARRAY.matcher(text).region(at, text.length());
            return array.lookingAt() ? of(text, at + 1, array.end() - 1) : Optional.empty();
        }
        return of(text, at, bareEnd(text, at, form));
    }

    private static int skip(String text, int from, String these) {
        int at = from;
        int latest = Math.min(text.length(), from + 256);
        while (at < latest && these.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** Where a quoted text begins, after its opening quote and the backslashes that escape it; 0 if none opens here. */
    private static int quote(String text, int at) {
        int end = at;
        while (end < text.length() && end < at + 8 && text.charAt(end) == '\\') {
            end++;
        }
        return end < text.length() && "\"'".indexOf(text.charAt(end)) >= 0 ? end + 1 : 0;
    }

    /** @param escapes how many backslashes the opening quote had: the closing one has as many, an inner one has more */
    private static int quoteEnd(String text, int start, int escapes) {
        char quote = text.charAt(start - 1);
        int backslashes = 0;
        int at = start;
        while (at < text.length() && LINE_END.indexOf(text.charAt(at)) < 0) {
            boolean doubled = quote == '\'' && at > start && text.startsWith("''", at);
            if (doubled) {
                at++;
            } else if (text.charAt(at) == quote && closes(backslashes, escapes)) {
                return at - Math.min(backslashes, escapes);
            }
            backslashes = text.charAt(at) == '\\' ? backslashes + 1 : 0;
            at++;
        }
        return at;
    }

    private static boolean closes(int backslashes, int escapes) {
        return backslashes < escapes || backslashes % (2 * (escapes + 1)) == escapes;
    }

    /** The lines of a block: all that are indented deeper than the key's line. */
    private static Optional<SecretValue> block(String text, int key, int from) {
        int line = key;
        int earliest = Math.max(0, key - 512);
        while (line > earliest && text.charAt(line - 1) != '\n') {
            line--;
        }
        int depth = skip(text, line, BLANK + "-") - line;
        int end = from;
        while (end < text.length()) {
            int content = skip(text, end, BLANK);
            boolean blank = content == text.length() || LINE_END.indexOf(text.charAt(content)) >= 0;
            if (!blank && content - end <= depth) {
                break;
            }
            int next = text.indexOf('\n', content);
            end = next < 0 ? text.length() : next + 1;
        }
        return of(text, from, end);
    }

    private static int bareEnd(String text, int start, Form form) {
        int at = Marker.skip(text, start);
        var scheme = SCHEME.matcher(text).region(at, text.length());
        at = scheme.lookingAt() ? scheme.end() : at;
        while (at < text.length() && !ends(text, at, form)) {
            at++;
        }
        return at;
    }

    private static boolean ends(String text, int at, Form form) {
        char c = text.charAt(at);
        if (form == Form.YAML || form == Form.HEADER) {
            return LINE_END.indexOf(c) >= 0 || form == Form.HEADER && "\"'".indexOf(c) >= 0;
        }
        return ENDS.indexOf(c) >= 0 || MAY_END.indexOf(c) >= 0 && endsBefore(text, at + 1);
    }

    private static boolean endsBefore(String text, int next) {
        return next == text.length()
                || (ENDS + MAY_END).indexOf(text.charAt(next)) >= 0
                || Marker.skip(text, next) > next
                || NEXT_KEY.matcher(text).region(next, text.length()).lookingAt();
    }

    private static Optional<SecretValue> of(String text, int start, int end) {
        boolean nothing = start >= end
                || Marker.skip(text, start) == end
                || end - start < 256
                        && HARMLESS.matcher(text.substring(start, end).strip()).matches();
        return nothing ? Optional.empty() : Optional.of(new SecretValue(start, end));
    }
}
