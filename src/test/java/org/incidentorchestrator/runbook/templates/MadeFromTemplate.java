package org.incidentorchestrator.runbook.templates;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.incidentorchestrator.runbook.rules.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.util.HtmlUtils;

/** The element that a template makes, as the Modeler writes it while nobody has typed anything. */
record MadeFromTemplate(JsonNode template) {
    /** A model that has nothing else. */
    Model model() {
        String type = "bpmn:"
                + StringUtils.uncapitalize(
                        template.at("/elementType/value").asText().replace("bpmn:", ""));
        return Model.read(
                Path.of("processes/procedures/one.bpmn"),
                """
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">
                  <bpmn:process id="one" isExecutable="true">
                    <%s id="one_task" %s>
                      <bpmn:extensionElements>
                        %s
                        <camunda:inputOutput>%s</camunda:inputOutput>
                        <camunda:properties>%s</camunda:properties>
                      </bpmn:extensionElements>
                    </%s>
                  </bpmn:process>
                </bpmn:definitions>
                """
                        .formatted(type, attributes(), calls(), parameters(), properties(), type));
    }

    private String attributes() {
        return each("property", field -> "%s=\"%s\"".formatted(bound(field, "name"), value(field)));
    }

    private String calls() {
        return each("camunda:in:businessKey", field -> "<camunda:in businessKey=\"%s\" />".formatted(value(field)))
                + each("camunda:in", field -> "<camunda:in %s=\"%s\" target=\"%s\" />"
                        .formatted(
                                field.at("/binding/expression").asBoolean() ? "sourceExpression" : "source",
                                value(field),
                                bound(field, "target")))
                + each("camunda:out", field -> "<camunda:out source=\"%s\" target=\"%s\" />"
                        .formatted(bound(field, "source"), value(field)));
    }

    private String parameters() {
        return each("camunda:inputParameter", field -> "<camunda:inputParameter name=\"%s\">%s</camunda:inputParameter>"
                        .formatted(bound(field, "name"), value(field)))
                + each(
                        "camunda:outputParameter",
                        field -> "<camunda:outputParameter name=\"%s\">%s</camunda:outputParameter>"
                                .formatted(value(field), bound(field, "source")));
    }

    private String properties() {
        return each("camunda:property", field -> "<camunda:property name=\"%s\" value=\"%s\" />"
                .formatted(bound(field, "name"), value(field)));
    }

    private String each(String type, Function<JsonNode, String> written) {
        Stream<JsonNode> fields =
                StreamSupport.stream(template.path("properties").spliterator(), false);
        return fields.filter(field -> bound(field, "type").equals(type))
                .map(written)
                .collect(Collectors.joining(" "));
    }

    private static String bound(JsonNode field, String name) {
        return field.at("/binding/" + name).asText();
    }

    private static String value(JsonNode field) {
        return HtmlUtils.htmlEscape(field.path("value").asText());
    }
}
