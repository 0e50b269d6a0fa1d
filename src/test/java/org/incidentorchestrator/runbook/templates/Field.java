package org.incidentorchestrator.runbook.templates;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** What one property of an element is, and how it is asked for. */
record Field(ObjectNode json) {
    private static final Set<Class<?>> NUMBERS = Set.of(int.class, long.class, double.class);
    private static final String ASKED = "String";

    /** An attribute of the element that is what it is, and is not shown. */
    static Field fixed(String attribute, String value) {
        return of("Hidden", value, Map.of("type", "property", "name", attribute));
    }

    static Field name(String words) {
        return of(ASKED, words, Map.of("type", "property", "name", "name"))
                .labelled("Name", "On the diagram: a verb and its object.");
    }

    /** A job of its own. */
    static Field asyncBefore() {
        Field field = of("Boolean", "", Map.of("type", "property", "name", "camunda:asyncBefore"));
        field.json.put("value", true).put("editable", false);
        return field.labelled("Job of its own", "It is tried again by itself: after the pauses of retries.cluster.");
    }

    /** A parameter that a record's component is made of. @param value empty when it may be left out */
    static Field input(String name, Class<?> type, String value) {
        Map<String, String> binding = Map.of("type", "camunda:inputParameter", "name", name);
        if (type == boolean.class) {
            Field choice = of("Dropdown", "${false}", binding);
            choice.json.putArray("choices").add(choice("yes", "${true}")).add(choice("no", "${false}"));
            return choice;
        }
        Field field = of(ASKED, value, binding);
        if (NUMBERS.contains(type)) {
            field.constraints()
                    .putObject("pattern")
                    .put("value", "^\\$\\{.+\\}$")
                    .put("message", "a number is written as ${5}, a variable as ${" + name + "}");
        }
        return field;
    }

    static Field output(String name) {
        return of(ASKED, name, Map.of("type", "camunda:outputParameter", "source", "${" + name + "}"));
    }

    static Field property(String name) {
        return of(ASKED, "", Map.of("type", "camunda:property", "name", name));
    }

    static Field businessKey() {
        return of("Hidden", "#{execution.processBusinessKey}", Map.of("type", "camunda:in:businessKey"));
    }

    static Field in(String name, String value) {
        return of(ASKED, value, Map.of("type", "camunda:in", "target", name));
    }

    /** One that callers say in a word. */
    static Field inWord(String name) {
        Field field = of(ASKED, "", Map.of("type", "camunda:in", "target", name));
        ((ObjectNode) field.json.get("binding")).put("expression", true);
        return field;
    }

    static Field out(String name) {
        return of(ASKED, name, Map.of("type", "camunda:out", "source", name));
    }

    Field needed() {
        constraints().put("notEmpty", true);
        return this;
    }

    Field matching(String pattern, String message) {
        constraints().putObject("pattern").put("value", pattern).put("message", message);
        return this;
    }

    /** @param help empty when the label says it all */
    Field labelled(String label, String help) {
        json.put("label", label);
        if (!help.isEmpty()) {
            json.put("description", help);
        }
        return this;
    }

    Field grouped(String group) {
        json.put("group", group);
        return this;
    }

    private ObjectNode constraints() {
        return json.withObject("/constraints");
    }

    private static ObjectNode choice(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put("name", name).put("value", value);
    }

    private static Field of(String type, String value, Map<String, String> binding) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type).put("value", value);
        ObjectNode bound = json.putObject("binding");
        binding.entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByKey().reversed())
                .forEach(entry -> bound.put(entry.getKey(), entry.getValue()));
        return new Field(json);
    }
}
