package org.incidentorchestrator.approval.gate;

import java.util.Arrays;
import java.util.List;

/** What a rejection can lead to instead, as a model names it: {@code value=Label|value=Label}. */
record Alternatives(List<Choice> choices) {
    record Choice(String value, String label) {}

    /** @param text may be empty: a rejection leads nowhere else then */
    static Alternatives of(String text) {
        return new Alternatives(Arrays.stream(text.split("\\|"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Alternatives::choice)
                .toList());
    }

    private static Choice choice(String part) {
        int equals = part.indexOf('=');
        if (equals < 1 || equals == part.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + part + "' is no alternative: the model has to write value=Label|value=Label");
        }
        return new Choice(
                part.substring(0, equals).strip(), part.substring(equals + 1).strip());
    }

    boolean has(String value) {
        return choices.stream().anyMatch(choice -> choice.value().equals(value));
    }

    /** {@code watch, rotate} */
    String values() {
        return String.join(", ", choices.stream().map(Choice::value).toList());
    }
}
