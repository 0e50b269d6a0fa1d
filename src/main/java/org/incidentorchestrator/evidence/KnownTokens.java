package org.incidentorchestrator.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets that show what they are by their form, wherever they stand. No pattern can go back over a long text. */
final class KnownTokens {
    private static final Map<Pattern, String> FORMS = forms();

    /** {@code header.payload.signature} (RFC 7519): found as a dotted word, so that each word is read once. */
    private static final Pattern DOTTED =
            Pattern.compile("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]++)*+\\.?+");

    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{6,}+\\.[A-Za-z0-9_-]{6,}+.*+");

    private static final Pattern SCHEME =
            Pattern.compile("(?i)(Bearer|Basic)((?:[ \\t]|%20|\\+){1,8}+)([A-Za-z0-9._~+/=-]{8,}+)");
    /** What follows the word "basic" or "bearer" in a sentence. */
    private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]?+[a-z]{0,18}+(?:[-./][a-z]{0,18}+){0,4}+");

    /** From the first colon of the user part to the last at sign before the host (RFC 3986 §3.2.1). */
    private static final Pattern IN_URL =
            Pattern.compile("(:\\\\?+/\\\\?+/[^\\s/:@?#\"'<>]{0,256}+:)(?:[^\\s/@\"'<>]{0,1024}+@)++");

    private static final Pattern IN_ENCODED_URL = Pattern.compile(
            "(?i)(%3a%2f%2f[^\\s%&\"'<>]{0,256}+%3a)[^\\s&\"'<>]{1,256}?%40(?![^\\s&\"'<>%/]{0,256}+%40)");

    private KnownTokens() {}

    static String redact(String text) {
        String redacted = IN_URL.matcher(text).replaceAll("$1[redacted password]@");
        redacted = IN_ENCODED_URL.matcher(redacted).replaceAll("$1[redacted password]%40");
        redacted = DOTTED.matcher(redacted).replaceAll(KnownTokens::jwt);
        redacted = SCHEME.matcher(redacted).replaceAll(KnownTokens::credentials);
        for (var form : FORMS.entrySet()) {
            redacted = form.getKey().matcher(redacted).replaceAll(form.getValue());
        }
        return redacted;
    }

    private static String jwt(MatchResult match) {
        return quote(JWT.matcher(match.group()).replaceFirst(Marker.of("JWT")));
    }

    private static String credentials(MatchResult match) {
        boolean sentence = ENGLISH.matcher(match.group(3)).matches();
        return quote(sentence ? match.group() : match.group(1) + match.group(2) + Marker.of("credentials"));
    }

    private static String quote(String text) {
        return Matcher.quoteReplacement(text);
    }

    private static Map<Pattern, String> forms() {
        Map<Pattern, String> forms = new LinkedHashMap<>();
        add(forms, "AWS key", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}");
        add(forms, "Google key", "AIza[A-Za-z0-9_-]{35}|ya29\\.[A-Za-z0-9_-]{20,}+|GOCSPX-[A-Za-z0-9_-]{20,}+");
        add(forms, "GitHub token", "gh[pousr]_[A-Za-z0-9]{20,}+|github_pat_[A-Za-z0-9_]{20,}+");
        add(forms, "GitLab token", "glpat-[A-Za-z0-9_-]{20,}+");
        add(forms, "Slack token", "xox[a-z]-[A-Za-z0-9-]{8,}+|xapp-[A-Za-z0-9-]{8,}+");
        add(forms, "Slack webhook", "hooks\\.slack\\.com/(?:services|workflows)/[A-Za-z0-9/_-]{8,}+");
        add(
                forms,
                "API key",
                "(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}+|[sr]k_live_[A-Za-z0-9]{16,}+|npm_[A-Za-z0-9]{36}");
        // "-----BEGIN " in Base64, as a Kubernetes Secret holds it.
        add(forms, "PEM block", "LS0tLS1CRUdJTi[A-Za-z0-9+/=_-]*+");
        return forms;
    }

    private static void add(Map<Pattern, String> forms, String what, String regex) {
        forms.put(Pattern.compile(regex), Marker.of(what));
    }
}
