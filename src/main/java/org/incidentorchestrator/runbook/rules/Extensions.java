package org.incidentorchestrator.runbook.rules;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** What the engine's vendor adds to an element. */
final class Extensions {
    private Extensions() {}

    /** A {@code camunda:} attribute; empty when it is not there. */
    static String attribute(ModelElementInstance element, String name) {
        return Optional.ofNullable(element.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, name))
                .orElse("");
    }

    static boolean asyncBefore(ModelElementInstance element) {
        return attribute(element, "asyncBefore").equals("true");
    }

    static Map<String, String> inputs(BaseElement element) {
        Map<String, String> inputs = new LinkedHashMap<>();
        all(element, CamundaInputOutput.class)
                .flatMap(io -> io.getCamundaInputParameters().stream())
                .forEach(each ->
                        inputs.put(each.getCamundaName(), each.getTextContent().strip()));
        return inputs;
    }

    static Map<String, String> outputs(BaseElement element) {
        Map<String, String> outputs = new LinkedHashMap<>();
        all(element, CamundaInputOutput.class)
                .flatMap(io -> io.getCamundaOutputParameters().stream())
                .forEach(each ->
                        outputs.put(each.getCamundaName(), each.getTextContent().strip()));
        return outputs;
    }

    /** The ids of the runbook lines that the element carries out. */
    static List<String> obligations(BaseElement element) {
        return property(element, "runbook").stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .toList();
    }

    /** What the model says of an element in a {@code camunda:property}; see {@link ModelRules} for which there are. One without a value says nothing. */
    static Optional<String> property(BaseElement element, String name) {
        return all(element, CamundaProperties.class)
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> name.equals(property.getCamundaName()))
                .flatMap(property -> Stream.ofNullable(property.getCamundaValue()))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** Whether the model gives a reason: some words, not one. */
    static boolean reason(BaseElement element, String name) {
        return property(element, name)
                .filter(text -> text.split("\\s+").length >= 4)
                .isPresent();
    }

    static Stream<CamundaIn> ins(BaseElement call) {
        return all(call, CamundaIn.class);
    }

    static Stream<CamundaOut> outs(BaseElement call) {
        return all(call, CamundaOut.class);
    }

    static <T extends ModelElementInstance> Stream<T> all(BaseElement element, Class<T> type) {
        if (element.getExtensionElements() == null) {
            return Stream.empty();
        }
        Collection<T> found = element.getExtensionElements()
                .getElementsQuery()
                .filterByType(type)
                .list();
        return found.stream();
    }
}
