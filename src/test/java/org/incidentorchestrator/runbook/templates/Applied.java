package org.incidentorchestrator.runbook.templates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOutputParameter;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.incidentorchestrator.runbook.rules.Model;

/** An element that a template was applied to. */
record Applied(Activity element) {
    /** Where it is not what the template makes: what is fixed is as it says, all that it takes is given, and it is asked for nothing else. */
    List<String> contradictions(JsonNode template) {
        List<String> found = new ArrayList<>();
        properties(template, "property")
                .filter(property -> property.path("type").asText().equals("Hidden"))
                .filter(property -> !attribute(property.at("/binding/name").asText())
                        .equals(property.path("value").asText()))
                .forEach(property -> found.add(property.at("/binding/name").asText() + " is not "
                        + property.path("value").asText()));
        if (!takes().equals(names(template, "camunda:inputParameter", "name", "camunda:in", "target"))) {
            found.add("it takes " + takes());
        }
        if (!names(template, "camunda:outputParameter", "source", "camunda:out", "source")
                .containsAll(gives())) {
            found.add("it gives " + gives());
        }
        return found;
    }

    private String attribute(String name) {
        return name.startsWith("camunda:")
                ? Model.attribute(element, name.substring("camunda:".length()))
                : element.getAttributeValue(name);
    }

    private Set<String> takes() {
        return named(
                extensions(CamundaInputParameter.class).map(CamundaInputParameter::getCamundaName),
                extensions(CamundaIn.class).map(CamundaIn::getCamundaTarget));
    }

    private Set<String> gives() {
        return named(
                extensions(CamundaOutputParameter.class)
                        .map(output -> output.getTextContent().strip()),
                extensions(CamundaOut.class).map(CamundaOut::getCamundaSource));
    }

    private static Set<String> named(Stream<String> some, Stream<String> others) {
        return Stream.concat(some, others).filter(name -> name != null).collect(Collectors.toCollection(TreeSet::new));
    }

    private <T extends ModelElementInstance> Stream<T> extensions(Class<T> type) {
        return element.getModelInstance().getModelElementsByType(type).stream()
                .filter(each -> Stream.iterate(each.getParentElement(), up -> up != null, up -> up.getParentElement())
                        .anyMatch(element::equals));
    }

    private static Set<String> names(JsonNode template, String type, String name, String other, String otherName) {
        return Stream.concat(
                        properties(template, type).map(property -> property.at("/binding/" + name)),
                        properties(template, other).map(property -> property.at("/binding/" + otherName)))
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JsonNode> properties(JsonNode template, String type) {
        return StreamSupport.stream(template.path("properties").spliterator(), false)
                .filter(property -> property.at("/binding/type").asText().equals(type));
    }
}
