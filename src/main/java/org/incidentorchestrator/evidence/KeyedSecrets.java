package org.incidentorchestrator.evidence;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values whose key says that they are secret, in text, JSON (also inside of a JSON string), YAML, URLs, XML, command
 * lines and the environment of containers. The key's last word decides: {@code DB_PASSWORD} is one, {@code secretName}
 * is not.
 */
final class KeyedSecrets {
    private static final String WORD =
            "(?<word>password|passwd|passphrase|pwd|secret|token|(?:api|access|private|secret|account|encryption|signing)"
                    + "[_.-]?key|credentials?|authorization|cookie|connection[_.-]?string|session[_.-]?id)";

    /** A quote, as often escaped as JSON inside of JSON needs it. */
    private static final String QUOTE = "\\\\{0,4}+[\"']";

    /** {@code "name": "DB_PASSWORD", "value": …} and {@code - name: DB_PASSWORD⏎ value: …}: environment variables. */
    private static final String NAMED = "(?<named>(?:" + QUOTE + ")?+\\s{0,8}+,?+\\s{0,64}+(?<json>" + QUOTE
            + ")?+value(?:" + QUOTE + ")?+\\s{0,8}+:)";

    private static final String SIGN = "(?<quoted>" + QUOTE + ")?+[ \\t]{0,16}+(?<sign>=>|:=|[:=]|%3d|%3a)";

    /** {@code --password x}, {@code "--password", "x"} and, as items of a YAML list, {@code - --password⏎- x}. */
    private static final String FLAG =
            "(?<flag>" + QUOTE + "[ \\t]{0,8}+,|[ \\t]{0,16}+\\r?+\\n[ \\t]{0,64}+- |[ \\t]{1,16}+)";

    private static final Pattern KEY =
            Pattern.compile("(?i)" + WORD + "(?:" + NAMED + "|" + SIGN + "|(?<tag>>)|" + FLAG + ")");

    private static final Pattern KEY_ALONE = Pattern.compile("(?is).{0,200}" + WORD);

    private KeyedSecrets() {}

    /** What a key's value is, if the key says that it is secret. */
    static Optional<String> named(String key) {
        Matcher matcher = KEY_ALONE.matcher(key);
        return matcher.matches() ? Optional.of(what(matcher)) : Optional.empty();
    }

    static String redact(String text) {
        Matcher key = KEY.matcher(text);
        var redacted = new StringBuilder(text.length());
        int done = 0;
        int from = 0;
        while (key.find(from)) {
            var value = separates(text, key)
                    ? SecretValue.find(text, key.end(), form(text, key))
                    : Optional.<SecretValue>empty();
            if (value.isPresent()) {
                redacted.append(text, done, value.get().start())
                        .append(Marker.onEachLine(what(key), value.get().in(text)));
                done = value.get().end();
            }
            from = value.map(SecretValue::end).orElse(key.end("word"));
        }
        return redacted.append(text, done, text.length()).toString();
    }

    private static SecretValue.Form form(String text, Matcher key) {
        if (key.group("quoted") != null || key.group("json") != null) {
            return SecretValue.Form.JSON;
        }
        boolean yaml = key.group("named") != null || ":".equals(key.group("sign")) && opensLine(text, key.start());
        if (yaml) {
            return SecretValue.Form.YAML;
        }
        return what(key).matches("authorization|cookie") ? SecretValue.Form.HEADER : SecretValue.Form.TEXT;
    }

    /** A blank separates only a command line's flag from its value, and {@code >} only an element's tag. */
    private static boolean separates(String text, Matcher key) {
        if (key.group("flag") == null && key.group("tag") == null) {
            return true;
        }
        int start = startOfName(text, key.start());
        return key.group("flag") != null ? text.startsWith("--", start) : start > 0 && text.charAt(start - 1) == '<';
    }

    /** Whether the key is the first of its line, as YAML and HTTP headers have it. */
    private static boolean opensLine(String text, int word) {
        int at = startOfName(text, word);
        int earliest = Math.max(0, at - 256);
        while (at > earliest && " \t-".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at == 0 || "\r\n".indexOf(text.charAt(at - 1)) >= 0;
    }

    private static int startOfName(String text, int word) {
        int start = word;
        int earliest = Math.max(0, word - 64);
        while (start > earliest && inName(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean inName(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0);
    }

    private static String what(Matcher key) {
        String word = key.group("word").toLowerCase(Locale.ROOT).replaceAll("[_.-]", " ");
        return switch (word) {
            case "passwd", "pwd" -> "password";
            case "apikey" -> "api key";
            default -> word;
        };
    }
}
