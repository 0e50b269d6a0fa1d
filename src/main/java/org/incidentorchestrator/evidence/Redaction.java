package org.incidentorchestrator.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/**
 * Takes secrets out of text before it is kept: PEM blocks, tokens whose form is known, values of keys that say what they
 * are ({@code password=}, {@code "api_key": …}, {@code Authorization: …}, a container's environment), and passwords in
 * URLs. Each is replaced by {@code [redacted <what>]}; lines stay where they are. What has neither a known form nor a
 * telling key is not recognised: that is what the setting {@code evidence.redact} is for. Every rule takes time in
 * proportion to the text, whatever the text is. Redacting twice changes nothing more.
 */
@Component
public final class Redaction {
    /** An own pattern may match its own replacement: a bound, not a loop. */
    private static final int ROUNDS = 4;

    private final List<UnaryOperator<String>> rules;

    public Redaction(EvidenceSettings settings) {
        List<UnaryOperator<String>> all = new ArrayList<>(List.of(
                // Before the keys: a key's value ends with its line, a PEM block does not.
                PemBlocks::redact, KeyedSecrets::redact, KnownTokens::redact));
        settings.patterns()
                .forEach(pattern -> all.add(
                        text -> pattern.matcher(text).replaceAll(match -> Marker.onEachLine("text", match.group()))));
        this.rules = List.copyOf(all);
    }

    /** Until nothing more is found: what one rule took out may have hidden a key from another. */
    public String apply(String text) {
        String redacted = text;
        for (int round = 0; round < ROUNDS; round++) {
            String before = redacted;
            for (UnaryOperator<String> rule : rules) {
                redacted = rule.apply(redacted);
            }
            if (redacted.equals(before)) {
                break;
            }
        }
        return redacted;
    }

    /** A value that has a name: of {@code dbPassword} nothing is shown, whatever it is; of any other as of text. */
    public Object apply(String name, Object value) {
        return KeyedSecrets.named(name)
                .<Object>map(Marker::of)
                .orElseGet(() -> value instanceof CharSequence text ? apply(text.toString()) : value);
    }

    Entry apply(Entry entry) {
        return new Entry(
                entry.kind(),
                entry.incident(),
                entry.actor(),
                entry.activity(),
                apply(entry.summary()),
                applyToValues(entry.details()));
    }

    private Map<String, Object> applyToValues(Map<?, ?> facts) {
        Map<String, Object> redacted = new LinkedHashMap<>();
        facts.forEach((key, value) -> redacted.put(apply(key.toString()), applyToFact(key.toString(), value)));
        return redacted;
    }

    private Object applyToFact(String key, Object value) {
        if (value instanceof Map<?, ?> nested) {
            return applyToValues(nested);
        }
        if (value instanceof Iterable<?> list) {
            List<Object> redacted = new ArrayList<>();
            list.forEach(element -> redacted.add(applyToFact(key, element)));
            return Collections.unmodifiableList(redacted);
        }
        return value instanceof CharSequence ? apply(key, value) : value;
    }
}
