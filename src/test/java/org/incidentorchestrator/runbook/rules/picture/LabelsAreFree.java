package org.incidentorchestrator.runbook.rules.picture;

import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.Violation;

/** Every label can be read: no node, flow or other label lies upon it. */
final class LabelsAreFree implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Picture picture = Picture.of(model);
        return picture.labels().entrySet().stream().flatMap(label -> {
            BaseElement element = label.getKey();
            Box text = label.getValue().shrunk(1);
            return Stream.of(
                            picture.notAround(element)
                                    .filter(node -> corner(element, node).overlaps(text))
                                    .map(Map.Entry::getKey),
                            picture.flows().entrySet().stream()
                                    .filter(flow -> flow.getValue().stream().anyMatch(text::crossedBy))
                                    .map(Map.Entry::getKey),
                            picture.labels().entrySet().stream()
                                    .filter(other -> element.getId()
                                                    .compareTo(other.getKey().getId())
                                            < 0)
                                    .filter(other -> other.getValue().overlaps(text))
                                    .map(Map.Entry::getKey))
                    .flatMap(hiding -> hiding)
                    .map(hiding -> model.violation(
                            this, element, "move its label: " + ((BaseElement) hiding).getId() + " lies upon it"));
        });
    }

    /** The corners of a gateway's rectangle are empty; a subprocess has its label inside. */
    private static Box corner(BaseElement element, Map.Entry<FlowNode, Box> node) {
        Box box = node.getValue();
        if (node.getKey().equals(element) && !(element instanceof Gateway)) {
            return box.shrunk(box.width());
        }
        return node.getKey() instanceof Gateway ? box.shrunk(box.width() / 4) : box;
    }
}
