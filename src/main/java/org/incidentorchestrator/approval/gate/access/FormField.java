package org.incidentorchestrator.approval.gate.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.variable.type.PrimitiveValueType;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * One field of a form, with what the form itself would hold: the browser is not the only one that sends answers.
 *
 * @param type as form-js calls it: textfield, textarea, number, checkbox, radio, select, datetime, expression …
 * @param required whether it has to be filled; not held where the form may hide it
 * @param options what can be chosen; empty where the choice comes from a variable, or there is none
 */
record FormField(
        String key, String type, boolean required, int minLength, int maxLength, Set<String> options, String pattern) {
    /** The longest text that the engine can keep as one. */
    private static final int LONGEST = 4000;

    private static final Set<String> LISTS = Set.of("checklist", "taglist", "structure");

    FormField {
        options = Set.copyOf(options);
    }

    static FormField of(JsonNode component) {
        JsonNode rules = component.path("validate");
        Set<String> options = new LinkedHashSet<>();
        component
                .path("values")
                .forEach(option -> options.add(option.path("value").asText()));
        return new FormField(
                component.path("key").asText(),
                component.path("type").asText(),
                rules.path("required").asBoolean() && !component.hasNonNull("conditional"),
                rules.path("minLength").asInt(0),
                Math.min(rules.path("maxLength").asInt(LONGEST), LONGEST),
                options,
                rules.path("pattern").asText(""));
    }

    static FormField structure(String key) {
        return new FormField(key, "structure", false, 0, LONGEST, Set.of(), "");
    }

    /** @return what is wrong, or null */
    String fault(Map<String, Object> answer) {
        Object given = answer.get(key);
        if (given instanceof TypedValue typed) {
            if (!LISTS.contains(type) && typed.getType() != null && !(typed.getType() instanceof PrimitiveValueType)) {
                return "'%s' is a %s, not a %s"
                        .formatted(key, type, typed.getType().getName());
            }
            given = typed.getValue();
        }
        if (given == null || given.toString().isBlank()) {
            return required ? "'%s' is missing".formatted(key) : null;
        }
        return switch (type) {
            case "checkbox" -> given instanceof Boolean ? null : "'%s' is true or false".formatted(key);
            case "number" -> given instanceof Number ? null : "'%s' is a number".formatted(key);
            case "checklist", "taglist", "structure", "expression" -> null;
            default -> given instanceof String text ? text(text.strip()) : "'%s' is a text".formatted(key);
        };
    }

    private String text(String text) {
        if (!options.isEmpty() && !options.contains(text)) {
            return "'%s' is one of %s".formatted(key, options.stream().sorted().toList());
        } else if (text.length() < minLength) {
            return "'%s' has at least %d characters".formatted(key, minLength);
        } else if (text.length() > maxLength) {
            return "'%s' has at most %d characters".formatted(key, maxLength);
        }
        return pattern.isEmpty() || text.matches(pattern) ? null : "'%s' does not fit %s".formatted(key, pattern);
    }
}
