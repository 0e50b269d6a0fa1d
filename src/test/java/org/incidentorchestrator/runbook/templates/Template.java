package org.incidentorchestrator.runbook.templates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A template of one element, as the JSON schema of Camunda 7's has it.
 *
 * @param id also in the models that use it
 * @param name as it is found in the Modeler
 * @param type {@code bpmn:ServiceTask}
 */
record Template(String id, String name, String description, String type, Icon icon, List<Field> fields) {
    static final String TAKES = "takes";
    static final String GIVES = "gives";
    static final String SAYS = "says";
    static final String RUNS = "runs";

    private static final String SCHEMA =
            "https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json";
    private static final Map<String, String> GROUPS = Map.of(
            TAKES, "What it takes", GIVES, "What it gives", SAYS, "What the model says of it", RUNS, "How it runs");

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("$schema", SCHEMA);
        json.put("name", name).put("id", id).put("description", description);
        json.putArray("appliesTo").add("bpmn:Task").add(type);
        json.putObject("elementType").put("value", type);
        // Documentation, id and loops are the model's own, and stay where they are in the Modeler.
        json.put("entriesVisible", true);
        json.putObject("icon").put("contents", icon.url());
        ArrayNode groups = json.putArray("groups");
        List.of(TAKES, GIVES, SAYS, RUNS)
                .forEach(id -> groups.addObject().put("id", id).put("label", GROUPS.get(id)));
        ArrayNode properties = json.putArray("properties");
        fields.forEach(field -> properties.add(field.json()));
        return json;
    }

    /** {@code Restart workload} of {@code restartWorkload} or {@code restart-workload}. */
    static String words(String key) {
        String words = key.replaceAll("(?<=[a-z])(?=[A-Z])|-", " ").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
